"""An administrator cannot prepare to act as somebody else, or to act alone, without others seeing it."""

from smtplib import SMTPException

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import LogEntry
from django.core import mail

from accounts.enums import Role
from accounts.models import Invitation, Membership
from accounts.services import notices
from tests.accounts.test_admin import change, rows, save_person
from tests.factories.accounts import MembershipFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
OWN_ROLES = "You cannot give yourself a role or change one that you hold."


@pytest.fixture
def administrator():
    return person_with(Role.ADMINISTRATOR, name="Ada", email="ada@example.org")


@pytest.fixture
def web(administrator, client_for):
    return client_for(administrator)


@pytest.fixture
def no_mail(monkeypatch):
    def fail(*args, **kwargs):
        raise SMTPException("no route")

    monkeypatch.setattr(notices, "send_mail", fail)


def with_second_factor(person):
    TOTP.activate(person, generate_totp_secret())
    return person


def remove_second_factor(web, *people):
    data = {"action": "reset_second_factor", "_selected_action": [person.pk for person in people]}
    return web.post("/admin/accounts/user/", data, follow=True)


def test_both_addresses_learn_that_one_replaced_the_other(web):
    person = UserFactory(email="old@example.org")
    assert save_person(web, person, email="New@example.org").status_code == 302
    assert sorted(message.to[0] for message in mail.outbox) == ["new@example.org", "old@example.org"]
    for message in mail.outbox:
        assert "Ada, an administrator, changed the address" in message.body
        assert "from old@example.org to new@example.org." in message.body


def test_nothing_is_mailed_when_the_address_stays(web):
    assert save_person(web, UserFactory(), name="Another Name").status_code == 302
    assert mail.outbox == []


def test_an_address_is_not_changed_when_nobody_can_be_told(web, no_mail):
    person = UserFactory(email="old@example.org")
    response = save_person(web, person, email="new@example.org")
    assert (response.status_code, response.url) == (302, change(person))
    assert "could not be told by mail, so nothing was changed" in web.get(response.url).content.decode()
    person.refresh_from_db()
    assert person.email == "old@example.org"
    assert not LogEntry.objects.exists()


def test_a_removed_second_factor_is_told_and_ends_the_sessions(web, client_for):
    person = with_second_factor(UserFactory(email="eva@example.org"))
    theirs = client_for(person)
    remove_second_factor(web, person)
    (message,) = mail.outbox
    assert message.to == ["eva@example.org"]
    assert "Ada, an administrator, removed the second factor" in message.body
    assert theirs.get("/accounts/profile/").status_code == 302


def test_a_second_factor_stays_when_nobody_can_be_told(web, no_mail):
    person = with_second_factor(UserFactory())
    page = remove_second_factor(web, person).content.decode()
    assert "could not be told by mail, so nothing was changed" in page
    assert Authenticator.objects.filter(user=person).exists()


def test_nobody_removes_their_own_second_factor_in_the_administration(web, administrator):
    other = with_second_factor(UserFactory())
    with_second_factor(administrator)
    page = remove_second_factor(web, other, administrator).content.decode()
    assert "You cannot remove your own second factor here" in page
    assert Authenticator.objects.filter(user__in=[other, administrator]).count() >= 2


def test_nobody_gives_themselves_a_role(web, administrator):
    mfa = administrator.memberships.get().organisation
    row = {"organisation": mfa.pk, "role": "mfa_publisher", "starts_on": "2026-01-01"}
    beside_the_person = save_person(web, administrator, row)
    by_itself = web.post(rows(Membership) + "add/", {"user": administrator.pk, **row})
    for response in (beside_the_person, by_itself):
        assert response.status_code == 200
        assert OWN_ROLES in response.content.decode()
    assert administrator.memberships.count() == 1


def test_nobody_changes_a_role_of_their_own(web, administrator):
    own = administrator.memberships.get()
    row = {"organisation": own.organisation_id, "role": "mfa_publisher", "starts_on": own.starts_on}
    beside_the_person = save_person(web, administrator, {"id": own.pk, "user": administrator.pk, **row}, initial=1)
    others = MembershipFactory()
    answers = [
        beside_the_person,
        web.post(change(own), {"user": administrator.pk, **row}),
        web.post(change(own), {"user": others.user_id, **row}),
        web.post(change(others), {"user": administrator.pk, **row}),
    ]
    for response in answers:
        assert response.status_code == 200
        assert OWN_ROLES in response.content.decode()
    own.refresh_from_db()
    assert (own.role, own.user) == (Role.ADMINISTRATOR, administrator)


def test_an_administrator_still_edits_their_own_name(web, administrator):
    own = administrator.memberships.get()
    row = {
        "id": own.pk,
        "user": administrator.pk,
        "organisation": own.organisation_id,
        "role": own.role,
        "starts_on": own.starts_on,
    }
    response = save_person(
        web, administrator, row, initial=1, name="Ada B", **{"initial-memberships-0-starts_on": own.starts_on}
    )
    assert response.status_code == 302
    administrator.refresh_from_db()
    assert administrator.name == "Ada B"


@pytest.mark.parametrize("page", ["/accounts/invitations/", "/admin/accounts/invitation/add/"])
def test_nobody_invites_themselves(web, administrator, page):
    mfa = administrator.memberships.get().organisation
    form = {"name": "Ada", "email": "ADA@example.org", "organisation": mfa.pk, "role": "mfa_publisher"}
    response = web.post(page, form)
    assert "You cannot give yourself a role." in response.content.decode()
    assert not Invitation.objects.exists()
