"""Invitations: who may send one, what the link does, and that it does it once."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from accounts.services import invitations
from common.dates import today
from tests.factories.accounts import (
    PASSWORD,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
NEW = {"password": "nine slow ferries north", "password_again": "nine slow ferries north"}
PAGE = "/accounts/invitations/"


def address(token: str) -> str:
    return reverse("accounts:invitation", args=[token])


@pytest.fixture
def ministry():
    return OrganisationFactory(code="justice", name_en="Ministry of Justice")


@pytest.fixture
def administrator():
    return person_with(Role.ADMINISTRATOR)


def send(ministry, user=None, **values) -> str:
    """Invite, and give the token out of the mail."""
    invitations.invite(
        **{
            "user": user,
            "email": "Ola@Example.org",
            "name": "Ola",
            "organisation": ministry,
            "role": Role.CONTRIBUTOR,
            **values,
        }
    )
    return re.search(r"/accounts/invitation/(\S+)/", mail.outbox[-1].body).group(1)


def form_for(ministry, **values) -> dict:
    return {
        "name": "Ola",
        "email": "ola@example.org",
        "organisation": ministry.pk,
        "role": "contributor",
        **values,
    }


def test_the_mail_holds_the_link_and_the_database_its_hash_alone(ministry, settings):
    settings.BASE_URL = "https://portal.example"
    token = send(ministry)
    (message,) = mail.outbox
    assert message.to == ["ola@example.org"]
    assert f"https://portal.example{address(token)}" in message.body
    assert len(token) >= 43
    stored = Invitation.objects.values().get()
    assert token not in str(stored)
    assert stored["expires_at"] - timezone.now() > timedelta(days=6, hours=23)


def test_accepting_makes_the_account_and_the_membership(client, ministry):
    token = send(ministry, ends_on=today() + timedelta(days=30))
    page = client.get(address(token))
    assert page.status_code == 200
    assert "ola@example.org" in page.content.decode()
    assert not User.objects.filter(email="ola@example.org").exists()
    assert client.post(address(token), NEW).url == reverse("account_login")
    membership = Membership.objects.get(user__email="ola@example.org")
    assert (membership.organisation, membership.role, membership.starts_on) == (ministry, Role.CONTRIBUTOR, today())
    assert membership.ends_on == today() + timedelta(days=30)
    login = client.post(reverse("account_login"), {"login": "ola@example.org", "password": NEW["password"]})
    assert login.url == "/my/"


def test_the_link_works_once(client, ministry):
    token = send(ministry)
    client.post(address(token), NEW)
    for answer in (client.get(address(token)), client.post(address(token), NEW)):
        assert answer.status_code == 410
        assert "has been used or is too old" in answer.content.decode()
    assert Membership.objects.filter(organisation=ministry).count() == 1


@pytest.mark.parametrize("token", ["nonsense", "x" * 500])
def test_a_made_up_link_answers_as_a_used_one(client, token):
    assert client.get(address(token)).status_code == 410


def test_an_old_link_no_longer_works(client):
    InvitationFactory(expired=True, token="old")
    assert client.get(address("old")).status_code == 410
    assert client.post(address("old"), NEW).status_code == 410
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"password": "short", "password_again": "short"}, {**NEW, "password_again": "something else long"}, {}],
)
def test_a_password_that_will_not_do_leaves_the_link_usable(client, given):
    InvitationFactory(token="open")
    assert client.post(address("open"), given).status_code == 400
    assert client.post(address("open"), NEW).status_code == 302


def test_a_person_with_an_account_keeps_the_password(client, ministry):
    person = UserFactory(email="ola@example.org", password=PASSWORD)
    token = send(ministry)
    page = client.get(address(token)).content.decode()
    assert "You have an account already" in page
    assert 'name="password"' not in page
    assert client.post(address(token), NEW).url == reverse("account_login")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert "_auth_user_id" not in client.session
    assert person.memberships.get().organisation == ministry


def test_accepting_a_role_that_is_held_already_adds_nothing(client, ministry):
    person = MembershipFactory(
        user=UserFactory(email="ola@example.org", password=PASSWORD), organisation=ministry, role=Role.CONTRIBUTOR
    ).user
    client.post(address(send(ministry)))
    assert person.memberships.count() == 1


def test_a_deactivated_person_is_not_brought_back_by_an_invitation(client, ministry):
    token = send(ministry)
    UserFactory(email="ola@example.org", inactive=True)
    assert client.get(address(token)).status_code == 410
    assert client.post(address(token), NEW).status_code == 410
    with pytest.raises(ValidationError, match="deactivated"):
        send(ministry)


@pytest.mark.parametrize(("role", "told"), [(Role.ADMINISTRATOR, True), (Role.FOCAL_POINT, False)])
def test_who_was_deactivated_is_told_to_administrators_alone(client_for, ministry, role, told):
    UserFactory(email="ola@example.org", inactive=True)
    inviter = person_with(role, ministry if role == Role.FOCAL_POINT else None)
    page = client_for(inviter).post(PAGE, form_for(ministry), follow=True).content.decode()
    assert ("account is deactivated" in page) == told
    assert len(mail.outbox) == (not told)


def test_an_invitation_dies_with_the_right_of_who_sent_it(client, ministry):
    leaver = person_with(Role.FOCAL_POINT, ministry)
    token = send(ministry, user=leaver)
    assert client.get(address(token)).status_code == 200
    leaver.memberships.update(ends_on=today() - timedelta(days=1))
    assert client.post(address(token), NEW).status_code == 410
    assert not User.objects.filter(email="ola@example.org").exists()


@pytest.mark.parametrize("page", [PAGE, "/admin/accounts/invitation/add/"])
def test_a_person_has_one_open_invitation_to_a_role(client_for, administrator, ministry, page):
    web = client_for(administrator)
    assert web.post(page, form_for(ministry)).status_code == 302
    again = web.post(page, form_for(ministry, email="OLA@example.org"))
    assert "This person has an open invitation to this role, until" in again.content.decode()
    assert web.post(page, form_for(OrganisationFactory())).status_code == 302
    invitations.cancel(Invitation.objects.get(organisation=ministry))
    assert web.post(page, form_for(ministry)).status_code == 302
    assert len(mail.outbox) == 3


def test_twenty_invitations_a_day_are_enough(client_for, administrator, ministry):
    web = client_for(administrator)
    InvitationFactory.create_batch(19, invited_by=administrator)
    InvitationFactory.create_batch(5)
    assert web.post(PAGE, form_for(ministry)).status_code == 302
    refused = web.post(PAGE, form_for(ministry, email="kari@example.org"))
    assert refused.status_code == 400
    assert "You have sent 20 invitations in 24 hours" in refused.content.decode()
    Invitation.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert web.post(PAGE, form_for(ministry, email="kari@example.org")).status_code == 302


@pytest.mark.parametrize(
    "name",
    ["Ola\nYour account is closed", "Ola\u2028Nordmann", "Win at https://evil.example", "www.evil", "evil.example"],
)
def test_a_name_is_a_name(client_for, administrator, ministry, name):
    refused = client_for(administrator).post(PAGE, form_for(ministry, name=name))
    assert refused.status_code == 400
    assert "Write the name on one line, without addresses." in refused.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["Åse-Marie O’Brien", "J.R. Berg", "Dr.Berg", "Kari Berg, jr."])
def test_names_as_people_have_them(client_for, administrator, ministry, name):
    assert client_for(administrator).post(PAGE, form_for(ministry, name=name)).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_send_one_invitation(ministry, administrator):
    def invite(_):
        try:
            send(ministry, user=administrator)
        except ValidationError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(invite, range(10))) == 1
    assert len(mail.outbox) == 1


def test_from_the_command_line_a_second_invitation_replaces_the_first(client, ministry):
    first, second = send(ministry), send(ministry)
    assert client.get(address(first)).status_code == 410
    assert client.get(address(second)).status_code == 200


def test_when_the_mail_cannot_be_sent_there_is_no_open_invitation(ministry, monkeypatch, client_for, administrator):
    def fail(*args, **kwargs):
        raise SMTPException("no route")

    monkeypatch.setattr(invitations, "send_mail", fail)
    form = {"name": "Ola", "email": "ola@example.org", "organisation": ministry.pk, "role": "contributor"}
    response = client_for(administrator).post(PAGE, form)
    assert response.status_code == 400
    assert "could not be sent" in response.content.decode()
    assert not Invitation.objects.open(timezone.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_account(ministry):
    token = send(ministry)
    found = invitations.find_open(token)

    def accept(_):
        try:
            return invitations.accept(invitation=found, password=NEW["password"]).pk
        except invitations.InvitationClosed:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        accepted = [pk for pk in pool.map(accept, range(20)) if pk]
    assert len(accepted) == 1
    assert User.objects.filter(email="ola@example.org").count() == 1
    assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_person_at_once_make_one_account(ministry):
    both = [InvitationFactory(email="ola@example.org", organisation=OrganisationFactory()) for _ in range(2)]

    def accept(invitation):
        try:
            return invitations.accept(invitation=invitation, password=NEW["password"]).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(accept, both))) == 1
    assert Membership.objects.count() == 2


def test_the_page_is_for_administrators_and_focal_points(client_for):
    answers = {role: client_for(person_with(role)).get(PAGE).status_code for role in Role}
    assert {role for role, status in answers.items() if status == 200} == {Role.ADMINISTRATOR, Role.FOCAL_POINT}
    assert set(answers.values()) == {200, 403}


def test_nobody_sees_it_without_login(client):
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"


@pytest.mark.parametrize(
    ("where", "role", "status"),
    [
        ("own", "contributor", 302),
        ("agency", "contributor", 302),
        ("own", "focal_point", 400),
        ("own", "auditor", 400),
        ("other", "contributor", 400),
        ("other agency", "contributor", 400),
    ],
)
def test_a_focal_point_invites_contributors_of_the_ministry_and_its_agencies(
    client_for, ministry, where, role, status
):
    organisations = {
        "own": ministry,
        "agency": OrganisationFactory(agency=True, parent=ministry),
        "other": OrganisationFactory(),
        "other agency": OrganisationFactory(agency=True),
    }
    browser = client_for(person_with(Role.FOCAL_POINT, ministry))
    form = {"name": "Ola", "email": "ola@example.org", "organisation": organisations[where].pk, "role": role}
    assert browser.post(PAGE, form).status_code == status
    assert len(mail.outbox) == (status == 302)


def test_an_administrator_invites_to_any_role_that_exists_there(client_for, administrator, ministry):
    browser = client_for(administrator)
    form = {"name": "Ola", "email": "ola@example.org", "organisation": ministry.pk}
    assert browser.post(PAGE, {**form, "role": "focal_point"}).status_code == 302
    refused = browser.post(PAGE, {**form, "role": "mfa_publisher"})
    assert refused.status_code == 400
    assert "Only the Ministry of Foreign Affairs has this role." in refused.content.decode()
    assert "Role: This role does not exist" in browser.post(PAGE, {**form, "role": "mission_officer"}).content.decode()


def test_the_list_shows_what_concerns_the_reader(client_for, ministry):
    mine = InvitationFactory(organisation=ministry)
    InvitationFactory(email="elsewhere@example.org")
    InvitationFactory(organisation=ministry, role=Role.FOCAL_POINT, email="colleague@example.org")
    page = client_for(person_with(Role.FOCAL_POINT, ministry)).get(PAGE).content.decode()
    assert mine.email in page
    assert "elsewhere@example.org" not in page
    assert "colleague@example.org" not in page


def test_cancelling_closes_the_link(client, client_for, ministry):
    invitation = InvitationFactory(organisation=ministry, token="open")
    cancel = reverse("accounts:cancel_invitation", args=[invitation.pk])
    browser = client_for(person_with(Role.FOCAL_POINT, ministry))
    assert browser.get(cancel).status_code == 405
    assert browser.post(cancel).status_code == 302
    assert client.get(address("open")).status_code == 410


def test_somebody_elses_invitation_cannot_be_cancelled(client_for, ministry):
    invitation = InvitationFactory()
    cancel = reverse("accounts:cancel_invitation", args=[invitation.pk])
    assert client_for(person_with(Role.FOCAL_POINT, ministry)).post(cancel).status_code == 404
    for role in (Role.CONTRIBUTOR, Role.AUDITOR):
        assert client_for(person_with(role)).post(cancel).status_code == 403
    assert Invitation.objects.get().is_open


def test_the_list_asks_as_often_for_ten_as_for_one(client_for, administrator, django_assert_num_queries):
    browser = client_for(administrator)
    browser.get(PAGE)
    InvitationFactory()
    with django_assert_num_queries(6):
        browser.get(PAGE)
    InvitationFactory.create_batch(10)
    with django_assert_num_queries(6):
        browser.get(PAGE)


class TestCommand:
    def invite(self, email="ada@example.org", **options):
        out = io.StringIO()
        call_command(
            "invite", email, stdout=out, **{"name": "Ada", "role": "administrator", "organisation": "mfa", **options}
        )
        return out.getvalue()

    def test_the_first_administrator_gets_in(self, client):
        OrganisationFactory(coordinator=True)
        assert "1 invitation sent to ada@example.org: Administrator, Ministry of Foreign Affairs" in self.invite()
        token = re.search(r"/accounts/invitation/(\S+)/", mail.outbox[0].body).group(1)
        assert client.post(address(token), NEW).status_code == 302
        assert User.objects.get(email="ada@example.org").is_staff

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"organisation": "nowhere"}, 'There is no organisation "nowhere". Known are: mfa, justice'),
            ({"organisation": "justice"}, "Only the Ministry of Foreign Affairs has this role."),
            ({"email": "no address"}, "valid email"),
        ],
    )
    def test_what_is_wrong_is_said(self, options, message, ministry):
        OrganisationFactory(coordinator=True)
        with pytest.raises(CommandError, match=message):
            self.invite(**options)
        assert mail.outbox == []
