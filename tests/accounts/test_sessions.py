"""How long a login lasts, and what ends it at once."""

import datetime
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts import middleware
from accounts.enums import Role
from common.dates import today
from tests.factories.accounts import MembershipFactory, person_with

pytestmark = pytest.mark.django_db
PAGE = "/accounts/profile/"


@pytest.fixture
def clock(monkeypatch):
    """Moves the middleware's clock; the session's own expiry stays with the real one."""

    class Clock:
        now = time.time()

        def advance(self, **delta):
            self.now += timedelta(**delta).total_seconds()

    clock = Clock()
    monkeypatch.setattr(middleware.time, "time", lambda: clock.now)
    return clock


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def web(membership, client_for):
    return client_for(membership.user)


def test_a_session_that_is_not_used_for_thirty_minutes_ends(web):
    web.get(PAGE)
    (session,) = Session.objects.all()
    assert timedelta(minutes=29) < session.expire_date - timezone.now() <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert web.get(PAGE).status_code == 302


def test_use_renews_the_idle_time_but_writes_once_a_minute(web, clock):
    web.get(PAGE)
    first = Session.objects.get().expire_date
    clock.advance(seconds=59)
    web.get(PAGE)
    assert Session.objects.get().expire_date == first
    clock.advance(seconds=2)
    web.get(PAGE)
    assert Session.objects.get().expire_date > first


def test_no_session_lasts_longer_than_twelve_hours_however_it_is_used(web, clock):
    for _ in range(12):
        assert web.get(PAGE).status_code == 200
        clock.advance(minutes=59, seconds=59)
    clock.advance(seconds=11)
    assert web.get(PAGE).status_code == 200
    clock.advance(seconds=2)
    response = web.get(PAGE)
    assert response.url == f"/accounts/login/?next={PAGE}"
    assert "_auth_user_id" not in web.session


def test_deactivation_ends_sessions_at_once(web, membership):
    assert web.get(PAGE).status_code == 200
    membership.user.is_active = False
    membership.user.save()
    assert web.get(PAGE).status_code == 302


def test_a_changed_password_ends_the_other_sessions(membership, client_for):
    here, elsewhere = client_for(membership.user), client_for(membership.user)
    membership.user.set_password("a wholly new password")
    membership.user.save()
    assert [web.get(PAGE).status_code for web in (here, elsewhere)] == [302, 302]


def test_the_end_of_a_membership_counts_from_the_next_request(client_for):
    leaver = person_with(Role.ADMINISTRATOR)
    web = client_for(leaver)
    assert web.get(reverse("accounts:invitations")).status_code == 200
    leaver.memberships.update(ends_on=today() - timedelta(days=1))
    assert web.get(reverse("accounts:invitations")).status_code == 403
    assert web.get(reverse("admin:index")).status_code == 403


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (0, 0, True)],
)
def test_a_membership_holds_on_its_first_and_its_last_day(client_for, starts, ends, holds):
    person = person_with(Role.ADMINISTRATOR)
    day = today()
    person.memberships.update(
        starts_on=day + timedelta(days=starts), ends_on=None if ends is None else day + timedelta(days=ends)
    )
    expected = 200 if holds else 403
    assert client_for(person).get(reverse("accounts:invitations")).status_code == expected


def test_a_day_begins_at_midnight_in_oslo(membership, monkeypatch):
    """At 22:30 UTC on 30 June it is 1 July in Oslo."""
    moment = datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    membership.starts_on = datetime.date(2026, 7, 1)
    membership.save()
    assert membership.user.memberships_today == [membership]
