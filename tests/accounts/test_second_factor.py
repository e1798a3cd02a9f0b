"""The second factor that roles with power over others need."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import PASSWORD, person_with

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"
POWERFUL = [Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR]


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("role", Role)
def test_who_must_set_one_up_first(role, client_for):
    response = client_for(person_with(role)).get(reverse("accounts:profile"))
    if role in POWERFUL:
        assert response.url == reverse("mfa_activate_totp")
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/accounts/invitations/", "/my/"])
def test_nothing_behind_the_login_opens_without_it(path, client_for):
    assert client_for(person_with(Role.ADMINISTRATOR)).get(path).url == reverse("mfa_activate_totp")


def test_public_pages_and_logging_out_stay_open(client_for):
    browser = client_for(person_with(Role.ADMINISTRATOR))
    assert browser.get(reverse("priority_countries:list")).status_code == 200
    assert browser.post(reverse("account_logout")).url == "/"


def test_a_demonstration_does_not_ask(client_for, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert client_for(person_with(Role.ADMINISTRATOR)).get(reverse("accounts:profile")).status_code == 200


def test_setting_it_up_and_logging_in_with_it(client):
    person = person_with(Role.MFA_EDITOR, email="eva@example.org", password=PASSWORD)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    asked = client.get(reverse("mfa_activate_totp"))
    client.post(asked.url, {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200

    client.post(reverse("account_logout"))
    first_step = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert first_step.url == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_code_lets_in_once(client):
    person = person_with(Role.MFA_EDITOR, email="eva@example.org", password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    code = code_for(secret)

    def log_in():
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        return client.post(reverse("mfa_authenticate"), {"code": code})

    assert log_in().url == "/my/"
    client.post(reverse("account_logout"))
    assert log_in().status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_password_that_somebody_asked_to_reset_does_not_bar_it(client, settings):
    """allauth keeps an unproved address for whoever asks; anybody could ask in the name of somebody else."""
    person = person_with(Role.MFA_EDITOR, email="eva@example.org", password=PASSWORD)
    client.post(reverse("account_reset_password"), {"email": person.email})
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(client.get(reverse("mfa_activate_totp")).url, {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def log_in(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def set_up(client) -> str:
    """Turn the second factor on in this browser, which is logged in by password; gives its secret."""
    client.post(client.get(reverse("mfa_activate_totp")).url, {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    return secret


def test_sessions_begun_by_password_alone_end_when_it_is_set_up(client):
    person = person_with(Role.MFA_EDITOR, email="eva@example.org", password=PASSWORD)
    intruder = Client()
    log_in(intruder, person)
    log_in(client, person)
    set_up(client)
    assert client.get(PROFILE).status_code == 200
    assert intruder.get(PROFILE).url == f"/accounts/login/?next={PROFILE}"
    assert "_auth_user_id" not in intruder.session


@pytest.mark.parametrize("path", [PROFILE, "/my/", "/accounts/2fa/totp/deactivate/", "/accounts/password/change/"])
def test_a_session_that_has_not_passed_it_is_asked_for_the_code(client_for, path):
    person = person_with(Role.MFA_EDITOR, password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    by_password = client_for(person)
    asked = by_password.get(path)
    assert asked.url == f"{reverse('mfa_reauthenticate')}?next={path}"
    assert by_password.post(path).url.startswith(reverse("mfa_reauthenticate"))
    assert by_password.post(asked.url, {"code": "000000"}).status_code == 200
    assert by_password.post(asked.url, {"code": code_for(secret), "next": path}).url == path
    assert by_password.get(path).status_code == 200


def test_taking_it_up_anew_after_it_was_removed_asks_again(client):
    person = person_with(Role.MFA_EDITOR, email="eva@example.org", password=PASSWORD)
    log_in(client, person)
    set_up(client)
    Authenticator.objects.all().delete()
    assert client.get(PROFILE).url == reverse("mfa_activate_totp")
