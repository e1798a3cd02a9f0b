"""What the log tells of a refusal, and what it must never tell."""

import io
import logging

import pytest
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import InvitationFactory, person_with

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-forty-three-letters-or-thereabouts"


@pytest.fixture
def log():
    """What the console handler of the settings writes, as the operator reads it."""
    (console,) = [handler for handler in logging.getLogger("django").handlers if handler.name == "console"]
    log, stream = io.StringIO(), console.stream
    console.setStream(log)
    yield log
    console.setStream(stream)


def test_the_token_of_an_invitation_is_not_in_the_log(client, log):
    InvitationFactory(token=TOKEN)
    address = f"/accounts/invitation/{TOKEN}/"
    assert client.post(address, {"password": "short"}).status_code == 400
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert client.put(address).status_code == 405
    assert client.get(f"/accounts/invitation/{TOKEN}x/").status_code == 410
    lines = log.getvalue()
    assert [line in lines for line in ("Bad Request: /accounts/invitation/…/", "Forbidden (CSRF", "Gone:")] == [
        True
    ] * 3
    assert TOKEN not in lines


def test_the_key_of_a_new_password_is_not_in_the_log(log):
    assert Client(enforce_csrf_checks=True).post(f"/accounts/password/reset/key/2-{TOKEN}/").status_code == 403
    assert ": /accounts/password/reset/key/…/" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_token_in_a_traceback_is_blotted_out(log):
    try:
        raise RuntimeError(f"no mail server took https://portal.example/accounts/invitation/{TOKEN}/")
    except RuntimeError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/accounts/invitations/")
    assert "RuntimeError" in log.getvalue()
    assert "/accounts/invitations/" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_refusal_takes_one_line(client_for, log):
    assert client_for(person_with(Role.AUDITOR)).get("/accounts/invitations/").status_code == 403
    (line,) = log.getvalue().splitlines()
    assert line.endswith("WARNING django.request Forbidden (Permission denied): /accounts/invitations/")
