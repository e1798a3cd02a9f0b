"""The administration: for administrators, without ways to delete history or to read secrets."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Invitation, Membership, Organisation, User
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
OWN_APPS = {"accounts", "actionpoints", "priority_countries"}
OWN_MODELS = [model for model in admin.site._registry if model._meta.app_label in OWN_APPS]


def change(instance) -> str:
    return reverse(f"admin:{instance._meta.app_label}_{instance._meta.model_name}_change", args=[instance.pk])


def rows(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def inline(prefix: str, *forms: dict, initial: int = 0) -> dict:
    """The fields of an inline formset."""
    data = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": initial}
    for number, form in enumerate(forms):
        data |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return data


@pytest.fixture
def administrator():
    return person_with(Role.ADMINISTRATOR, name="Ada")


@pytest.fixture
def web(administrator, client_for):
    return client_for(administrator)


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/accounts/user/", "/admin/accounts/user/1/change/", "/admin/nowhere/"]
)
def test_without_login_the_portals_own_login_page_asks(client, path):
    last_address, _ = client.get(path, follow=True).redirect_chain[-1]
    assert last_address == f"/accounts/login/?next={path}"
    last_address, _ = client.post(path, follow=True).redirect_chain[-1]
    assert last_address.startswith("/accounts/login/?next=")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_every_other_role_is_refused(role, client_for):
    web = client_for(person_with(role))
    for path in ["/admin/", *(rows(model) for model in OWN_MODELS)]:
        assert web.get(path).status_code == 403
        assert web.post(path).status_code == 403


def test_there_is_no_second_login_logout_or_password_form(web, client):
    assert client.get("/admin/login/").url == "/accounts/login/?next=/admin/"
    assert web.get("/admin/login/").url == "/admin/"
    assert web.get("/admin/logout/").url == "/accounts/logout/"
    assert web.get("/admin/password_change/").url == "/accounts/password/change/"


def test_an_administrator_opens_every_page(web):
    assert web.get("/admin/").status_code == 200
    for model in OWN_MODELS:
        assert web.get(rows(model)).status_code == 200
        add = web.get(rows(model) + "add/").status_code
        assert add == (403 if model is User else 200)


def test_what_packages_register_is_not_there():
    labels = {model._meta.label for model in admin.site._registry}
    assert not labels & {"mfa.Authenticator", "account.EmailAddress", "account.EmailConfirmation", "auth.Group"}


@pytest.mark.parametrize("model", OWN_MODELS)
def test_nothing_is_deleted(model, web):
    assert "delete_selected" not in web.get(rows(model)).content.decode()
    assert not admin.site._registry[model].has_delete_permission(None)


def test_a_person_is_shown_without_password(web):
    person = UserFactory(password=PASSWORD)
    page = web.get(change(person)).content.decode()
    assert "argon2" not in page
    assert not re.search(r'name="password', page)


def save_person(web, person, *memberships, initial=0, **values):
    data = {"email": person.email, "name": person.name, "language": "en", "is_active": "on", **values}
    data = {name: value for name, value in data.items() if value is not None}
    return web.post(change(person), {**data, **inline("memberships", *memberships, initial=initial)})


def test_deactivating_a_person_logs_them_out_at_once(web, client_for):
    leaver = person_with(Role.FOCAL_POINT)
    theirs = client_for(leaver)
    assert theirs.get("/accounts/profile/").status_code == 200
    leaver.memberships.all().delete()
    assert save_person(web, leaver, is_active=None).status_code == 302
    assert theirs.get("/accounts/profile/").status_code == 302
    assert LogEntry.objects.get().object_repr == str(leaver)


def test_a_changed_address_is_the_only_one_that_logs_in(web, client):
    person = UserFactory(email="old@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email="old@example.org", verified=True, primary=True)
    assert save_person(web, person, email="New@Example.org").status_code == 302

    def log_in(address):
        return client.post("/accounts/login/", {"login": address, "password": PASSWORD}).status_code

    assert [log_in("old@example.org"), log_in("new@example.org")] == [200, 302]


def test_nobody_deactivates_themselves(web, administrator):
    data = inline("memberships")
    response = web.post(change(administrator), {"email": administrator.email, "name": "Ada", "language": "en", **data})
    assert response.status_code == 200
    assert "You cannot deactivate yourself" in response.content.decode()
    web.post(rows(User), {"action": "deactivate", "_selected_action": [administrator.pk]})
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_role_is_given_and_ended_beside_the_person(web):
    person, ministry = UserFactory(), OrganisationFactory()
    row = {"organisation": ministry.pk, "role": "focal_point", "starts_on": "2026-01-01"}
    assert save_person(web, person, row).status_code == 302
    membership = person.memberships.get()
    ended = {**row, "id": membership.pk, "user": person.pk, "ends_on": "2026-06-30"}
    assert save_person(web, person, ended, initial=1).status_code == 302
    membership.refresh_from_db()
    assert membership.ends_on == datetime.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"ends_on": "2025-12-31"}, "A membership cannot end before it starts."),
        ({"role": "mission_officer"}, "This role does not exist in this kind of organisation."),
        ({"role": "administrator"}, "Only the Ministry of Foreign Affairs has this role."),
    ],
)
def test_what_a_membership_cannot_be_is_said_at_the_form(web, values, message):
    person, ministry = UserFactory(), OrganisationFactory()
    form = {"user": person.pk, "organisation": ministry.pk, "role": "focal_point", "starts_on": "2026-01-01", **values}
    response = web.post(rows(Membership) + "add/", form)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not person.memberships.exists()


def test_a_lost_telephone_is_forgotten(web):
    person = UserFactory()
    TOTP.activate(person, generate_totp_secret())
    web.post(rows(User), {"action": "reset_second_factor", "_selected_action": [person.pk]})
    assert not Authenticator.objects.exists()
    assert LogEntry.objects.get().get_change_message() == "second factor removed"


def test_inviting_sends_the_mail_and_shows_no_token(web, administrator):
    ministry = OrganisationFactory()
    form = {"name": "Ola", "email": "ola@example.org", "organisation": ministry.pk, "role": "focal_point"}
    assert web.post(rows(Invitation) + "add/", form).status_code == 302
    (message,) = mail.outbox
    token = re.search(r"/accounts/invitation/(\S+)/", message.body).group(1)
    invitation = Invitation.objects.get()
    assert invitation.invited_by == administrator
    pages = web.get(rows(Invitation)).content.decode() + web.get(change(invitation)).content.decode()
    assert token not in pages
    assert invitation.token_hash not in pages


def test_an_invitation_that_cannot_be_is_refused_at_the_form(web):
    UserFactory(email="gone@example.org", inactive=True)
    form = {
        "name": "Ola",
        "email": "gone@example.org",
        "organisation": OrganisationFactory().pk,
        "role": "focal_point",
    }
    response = web.post(rows(Invitation) + "add/", form)
    assert "account is deactivated" in response.content.decode()
    assert mail.outbox == []


def test_an_invitation_is_not_changed_afterwards(web):
    invitation = InvitationFactory()
    assert web.get(change(invitation)).status_code == 200
    assert web.post(change(invitation), {"email": "other@example.org"}).status_code == 403


def test_the_code_of_an_organisation_never_changes(web):
    ministry = OrganisationFactory(code="justice")
    web.post(change(ministry), {"code": "law", "kind": "ministry", "name_en": "Ministry of Justice", "position": 1})
    ministry.refresh_from_db()
    assert (ministry.code, ministry.name_en) == ("justice", "Ministry of Justice")


def test_an_agency_without_a_ministry_is_refused_at_the_form(web):
    form = {"code": "directorate", "kind": "agency", "name_en": "Directorate", "position": 1}
    response = web.post(rows(Organisation) + "add/", form)
    assert "An agency belongs to a ministry: name it." in response.content.decode()


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (User, lambda: MembershipFactory()),
        (Membership, lambda: MembershipFactory()),
        (Organisation, lambda: OrganisationFactory(agency=True)),
        (Invitation, lambda: InvitationFactory()),
    ],
)
def test_lists_ask_as_often_for_ten_as_for_one(web, model, make, queries_of):
    make()
    few = queries_of(lambda: web.get(rows(model)))
    for _ in range(10):
        make()
    assert queries_of(lambda: web.get(rows(model))) == few


def test_a_person_with_ten_roles_costs_no_more_than_one(web, queries_of):
    membership = MembershipFactory()
    few = queries_of(lambda: web.get(change(membership.user)))
    for _ in range(10):
        MembershipFactory(user=membership.user)
    assert queries_of(lambda: web.get(change(membership.user))) == few


def test_memberships_begin_today_unless_told_otherwise(web):
    page = web.get(rows(Membership) + "add/").content.decode()
    assert f'value="{today():%Y-%m-%d}"' in page
