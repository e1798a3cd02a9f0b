"""Who holds what today."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import policy
from accounts.enums import OrganisationKind, Role
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


def test_nobody_holds_nothing():
    nobody = AnonymousUser()
    assert not policy.holds(nobody, *Role)
    assert policy.organisation_ids(nobody, *Role) == policy.ministry_ids(nobody, *Role) == set()


def test_a_role_counts_for_its_own_organisation():
    membership = MembershipFactory()
    other = OrganisationFactory()
    assert policy.holds(membership.user, Role.FOCAL_POINT)
    assert policy.holds(membership.user, Role.FOCAL_POINT, organisation_id=membership.organisation_id)
    assert not policy.holds(membership.user, Role.FOCAL_POINT, organisation_id=other.pk)
    assert not policy.holds(membership.user, Role.MFA_EDITOR)


def test_an_agencys_people_work_for_the_ministry_above():
    agency = OrganisationFactory(agency=True)
    person = person_with(Role.CONTRIBUTOR, agency)
    assert policy.organisation_ids(person, Role.CONTRIBUTOR) == {agency.pk}
    assert policy.ministry_ids(person, Role.CONTRIBUTOR) == {agency.parent_id}


def test_an_inactive_person_holds_nothing():
    membership = MembershipFactory(user=UserFactory(inactive=True))
    assert not policy.holds(membership.user, Role.FOCAL_POINT)


@pytest.mark.parametrize("role", Role)
def test_the_named_questions(role):
    person = person_with(role)
    coordinators = {Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR}
    assert policy.is_auditor(person) == (role == Role.AUDITOR)
    assert policy.is_mfa_editor(person) == (role == Role.MFA_EDITOR)
    assert policy.is_mfa_publisher(person) == (role == Role.MFA_PUBLISHER)
    assert policy.is_administrator(person) == person.is_staff == (role == Role.ADMINISTRATOR)
    assert policy.is_coordinator(person) == policy.needs_second_factor(person) == (role in coordinators)


def test_several_roles_add_up():
    person = person_with(Role.FOCAL_POINT)
    MembershipFactory(
        user=person, role=Role.AUDITOR, organisation=OrganisationFactory(kind=OrganisationKind.OVERSIGHT)
    )
    assert policy.holds(person, Role.FOCAL_POINT)
    assert policy.is_auditor(person)


def test_memberships_are_asked_once_a_request(django_assert_num_queries):
    person = person_with(Role.FOCAL_POINT)
    with django_assert_num_queries(1):
        policy.holds(person, Role.FOCAL_POINT)
        policy.is_administrator(person)
        policy.ministry_ids(person, Role.FOCAL_POINT)


def test_people_with_a_role_on_a_day():
    membership = MembershipFactory(ends_on=datetime.date(2026, 5, 1))
    MembershipFactory(organisation=membership.organisation, user=UserFactory(inactive=True))
    organisation = membership.organisation_id
    roles = [Role.FOCAL_POINT]
    assert policy.people_with(roles, organisation, datetime.date(2026, 5, 1)) == [membership.user]
    assert policy.people_with(roles, organisation, datetime.date(2026, 5, 2)) == []
