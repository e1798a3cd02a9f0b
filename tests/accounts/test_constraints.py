"""Each rule about people and organisations that the database keeps, provoked; and what models refuse."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.enums import KINDS_BY_ROLE, OrganisationKind, Role
from tests.factories.accounts import InvitationFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused_by(name: str):
    """PostgreSQL names the constraint; SQLite names the columns of a unique one, or its index."""
    return pytest.raises(IntegrityError, match=f"{name}|UNIQUE constraint failed")


def test_user_email_unique_whatever_its_capitals():
    UserFactory(email="kari@example.org")
    with refused_by("user_email_unique"):
        UserFactory(email="KARI@example.org")


def test_organisation_agency_has_parent():
    with refused_by("organisation_agency_has_parent"):
        OrganisationFactory(kind=OrganisationKind.AGENCY)


def test_organisation_code_unique():
    organisation = OrganisationFactory()
    with refused_by("code"):
        type(organisation).objects.create(code=organisation.code, kind="ministry", name_en="Again")


def test_membership_once():
    membership = MembershipFactory()
    with refused_by("membership_once"):
        MembershipFactory(user=membership.user, organisation=membership.organisation)


def test_membership_ends_after_start():
    with refused_by("membership_ends_after_start"):
        MembershipFactory(starts_on=datetime.date(2026, 5, 2), ends_on=datetime.date(2026, 5, 1))


def test_invitation_token_unique():
    invitation = InvitationFactory()
    with refused_by("token_hash"):
        InvitationFactory(token_hash=invitation.token_hash)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", OrganisationKind)
def test_a_role_exists_in_its_kinds_of_organisation_alone(role, kind):
    parent = OrganisationFactory() if kind == OrganisationKind.AGENCY else None
    organisation = OrganisationFactory(code="mfa", kind=kind, parent=parent)
    membership = MembershipFactory.build(user=UserFactory(), organisation=organisation, role=role)
    if kind in KINDS_BY_ROLE[role]:
        membership.full_clean()
    else:
        with pytest.raises(ValidationError, match="does not exist in this kind"):
            membership.full_clean()
