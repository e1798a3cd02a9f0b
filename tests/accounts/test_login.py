"""Login, logout, password reset: what they tell, what they refuse."""

import re
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return MembershipFactory(user=UserFactory(email="kari@example.org", password=PASSWORD)).user


def log_in(client, login="kari@example.org", password=PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": login, "password": password, **data})


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data.strip())


def words(response) -> list[str]:
    """What a reader sees of a page; tokens differ, words must not."""
    parser = Words()
    parser.feed(response.content.decode())
    return list(filter(None, parser.found))


def test_the_address_and_fields_of_the_login_form(client, person):
    assert reverse("account_login") == "/accounts/login/"
    response = log_in(client)
    assert (response.status_code, response.url) == (302, "/my/")
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_the_address_may_be_typed_in_capitals(client, person):
    assert log_in(client, login="Kari@Example.ORG").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    wrong = log_in(client, password="not the password at all")
    unknown = log_in(client, login="nobody@example.org", password="not the password at all")
    assert wrong.status_code == unknown.status_code == 200
    assert words(wrong) == words(unknown)


def test_a_deactivated_person_learns_so_by_the_right_password_alone(client, person):
    person.is_active = False
    person.save()
    wrong = log_in(client, password="not the password at all")
    assert words(wrong) == words(log_in(client, login="nobody@example.org"))
    right = log_in(client)
    assert right.url == reverse("account_inactive")
    assert client.get(right.url).status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_even_with_the_right_password_at_last(client, person):
    for _ in range(5):
        log_in(client, password="a guess of enough length")
    response = log_in(client)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert "Too many attempts failed. Wait five minutes, then try again." in response.content.decode()
    assert reverse("account_reset_password") in response.content.decode()


def test_a_new_password_by_mail_lets_in_who_guessed_too_often(client, person):
    for _ in range(6):
        log_in(client, password="a guess of enough length")
    new = "nine slow ferries north"
    choose(client, person, new)
    assert log_in(client, password=new).status_code == 302


def test_whoever_asks_too_often_reads_how_long_to_wait(client, person):
    for _ in range(30):
        client.post(reverse("account_login"), {})
    response = client.post(reverse("account_login"), {})
    assert response.status_code == 429
    assert "Wait five minutes, then try again." in " ".join(words(response))
    assert reverse("account_reset_password") in response.content.decode()


def test_logging_in_says_nothing_that_the_header_does_not(client, person):
    page = log_in(client, next="/accounts/profile/")
    shown = client.get(page.url).content.decode()
    assert "igned in" not in shown
    assert "You are logged out." in client.post(reverse("account_logout"), follow=True).content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "http://testserver/plan/", "javascript:1"]
)
def test_after_login_only_a_path_of_this_site_is_followed(client, person, target):
    assert log_in(client, next=target).url == "/my/"


def test_after_login_the_page_that_was_asked_for_is_shown(client, person):
    asked = client.get("/accounts/profile/")
    assert asked.url == "/accounts/login/?next=/accounts/profile/"
    assert log_in(client, next="/accounts/profile/").url == "/accounts/profile/"


def test_the_session_changes_its_key_at_login(client, person):
    client.get(reverse("account_login"))
    client.session.save()
    before = client.session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_the_session_cookie_is_out_of_reach_of_scripts(client, person):
    cookie = log_in(client).cookies["session"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "password/set/", "login/code/", "2fa/webauthn/", "social/signup/"]
)
def test_pages_that_nobody_needs_are_not_served(client, person, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    client.force_login(person)
    assert client.get(f"/accounts/{path}").status_code == 404


def test_logging_out_empties_the_browser(client, person):
    client.force_login(person)
    assert client.get(reverse("account_logout")).status_code == 200
    response = client.post(reverse("account_logout"))
    assert (response.status_code, response.url) == (302, "/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


def test_a_reset_mail_names_the_portals_own_address(client, person, settings):
    settings.BASE_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.post(reverse("account_reset_password"), {"email": person.email}, headers={"host": "other.example"})
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert "https://portal.example/accounts/password/reset/key/" in message.body
    assert "other.example" not in message.body


def test_a_reset_for_an_unknown_address_gets_the_same_answer(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)


def test_a_mail_to_an_address_without_account_offers_no_signup(client):
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    (message,) = mail.outbox
    assert "sign" not in message.body.lower().replace("signature", "")


def ask_for_link(client, person) -> str:
    """Ask for a new password; gives the path of the link that the mail holds."""
    client.post(reverse("account_reset_password"), {"email": person.email})
    return re.search(r"http://[^/]+(\S+)", mail.outbox[-1].body).group(1)


def choose(client, person, new):
    page = client.get(ask_for_link(client, person), follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)


def test_a_password_is_reset_by_the_link_once(client, person):
    link = ask_for_link(client, person)
    page = client.get(link, follow=True)
    new = "nine slow ferries north"
    done = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert done.status_code == 200
    assert log_in(client, password=new).status_code == 302
    client.logout()
    again = client.get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_each_page_of_a_reset_says_what_happened_and_leads_on(client, person):
    sent = client.post(reverse("account_reset_password"), {"email": person.email}, follow=True).content.decode()
    assert (
        "If the address belongs to an account, a mail with a link is on its way. The link works once, for an hour."
        in sent
    )
    assert f'href="{reverse("account_login")}"' in sent
    link = ask_for_link(client, person)
    form = client.get(link, follow=True).request["PATH_INFO"]
    refused = client.post(form, {}).content.decode()
    assert "data-error-summary" in refused
    assert '<a class="ds-link" href="#id_password1">New Password: This field is required.</a>' in refused
    new = "nine slow ferries north"
    done = client.post(form, {"password1": new, "password2": new}, follow=True).content.decode()
    assert "<h1>Your password is changed</h1>" in done
    assert f'<a class="ds-button" href="{reverse("account_login")}">Log in</a>' in done
    stale = client.get(link, follow=True).content.decode()
    assert "<h1>The link no longer works</h1>" in stale
    assert f'href="{reverse("account_reset_password")}"' in stale


@pytest.mark.parametrize("bad", ["short one", "a" * 129, "yfdbufnjh10305070", "kari@example.org kari"])
def test_a_new_password_is_long_not_too_long_and_not_a_common_one(client, person, bad):
    client.force_login(person)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": bad, "password2": bad})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_passwords_are_kept_with_argon2(person):
    assert person.password.startswith("argon2")
