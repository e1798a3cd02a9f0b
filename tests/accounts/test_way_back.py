"""Where the login leads whose session ran out while a form was open, and what a form that was open too long says."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db
FORM_PAGE = "/rounds/2026/ministries/climate/entries/2.13/"
POST_ONLY = f"{FORM_PAGE}comments/"


def _next(response) -> str:
    assert response.status_code == 302
    address = urlsplit(response.url)
    assert address.path == "/accounts/login/"
    return parse_qs(address.query)["next"][0]


def test_a_page_is_opened_after_the_login(client):
    assert _next(client.get(FORM_PAGE)) == FORM_PAGE


def test_a_form_that_was_sent_leads_back_to_the_page_that_held_it(client):
    sent_from = {"referer": f"http://testserver{FORM_PAGE}?language=nb#writing"}
    assert _next(client.post(POST_ONLY, headers=sent_from)) == f"{FORM_PAGE}?language=nb"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.example/rounds/",
        "http://testserver.elsewhere.example/",
        "http://testserver//elsewhere.example/",
        "http://someone@elsewhere.example/",
        "javascript:alert(1)",
        "http://testserver",
        "http://[",
    ],
)
def test_without_a_page_of_this_site_the_login_leads_to_my_tasks(client, referer):
    assert _next(client.post(POST_ONLY, headers={"referer": referer})) == "/my/"


def test_a_form_that_was_open_too_long_leads_back_to_itself():
    client = Client(enforce_csrf_checks=True)
    client.force_login(MembershipFactory().user)
    response = client.post(POST_ONLY, headers={"referer": f"http://testserver{FORM_PAGE}"})
    assert response.status_code == 403
    assert f'href="{FORM_PAGE}"' in response.content.decode()
    assert "is offered to you there" in response.content.decode()


def test_a_form_that_does_not_say_where_it_stood_still_tells_how_to_keep_the_text():
    client = Client(enforce_csrf_checks=True)
    client.force_login(MembershipFactory().user)
    response = client.post(POST_ONLY)
    assert response.status_code == 403
    assert "what you typed is still in the form" in response.content.decode()
