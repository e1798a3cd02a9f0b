"""What the pages say about time is true of this reader's own report, in the state of its round."""

import datetime
import re

import pytest
from django.utils import timezone

from accounts.enums import Role
from common.dates import OSLO
from reporting.collection.enums import RoundState
from reporting.collection.models import Entry, Round
from reporting.collection.services import reports, rounds
from reporting.collection.services.entries import assign
from tests.factories.collection import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(world):
    world.fill()
    return world


@pytest.fixture
def late(filled, monkeypatch):
    Round.objects.update(missions_due_on="2026-01-31", ministries_due_on="2026-03-01")
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 6, 1, tzinfo=OSLO))
    return filled


def header_of(client, path="/my/") -> str:
    """The countdown in the header, in words."""
    header = client.get(path).content.decode().split("<main")[0].split('class="countdown')[1]
    return " ".join(re.sub(r"<[^>]*>", " ", header.split(">", 1)[1].split("</p>")[0]).split())


def main_of(client, path="/my/") -> str:
    main = client.get(path).content.decode().split("<main")[1]
    return " ".join(re.sub(r"<[^>]*>", " ", main.split(">", 1)[1]).split())


def test_a_ministry_that_handed_in_has_no_reporting_countdown(filled, client_for):
    client = client_for(filled.focal)
    assert header_of(client).startswith("Your ministry reports:")
    assert "1 March 2099" in header_of(client)
    reports.submit_report(filled.report(), user=filled.focal)
    assert header_of(client).startswith("Ministries clear the text:")
    reports.return_report(filled.report(), user=filled.editor, comment="Say how many.")
    assert header_of(client).startswith("Ministries clear the text:")
    # The other ministry still writes.
    assert header_of(client_for(filled.other_focal)).startswith("Your ministry reports:")


def test_a_granted_day_is_the_one_that_counts(filled, client_for):
    reports.extend(filled.report(), user=filled.editor, until=datetime.date(2099, 3, 20), reason="Agreed.")
    assert "20 March 2099" in header_of(client_for(filled.focal))
    assert "1 March 2099" in header_of(client_for(filled.other_focal))


def test_an_overdue_report_is_called_overdue(late, client_for):
    client = client_for(late.focal)
    assert header_of(client) == "Your ministry’s report is overdue: the deadline was 1 March 2026"
    for path in ("/my/", late.url()):
        assert "Overdue: the deadline was 1 March 2026 Submitting waits for a granted late day." in main_of(
            client, path
        )
    reports.extend(late.report(), user=late.editor, until=datetime.date(2026, 6, 8), reason="Agreed.")
    assert header_of(client) == "Your ministry reports: 7 days to 8 June 2026"
    assert "Due: 7 days to 8 June 2026 (late submission granted)" in main_of(client)


def test_closing_ends_the_countdown_to_a_deadline_that_no_longer_helps(filled, client_for):
    rounds.close_round(filled.round, user=filled.editor)
    client = client_for(filled.focal)
    assert header_of(client).startswith("Ministries clear the text:")
    for path in ("/my/", filled.url()):
        assert "Not handed in before the round was closed" in main_of(client, path)
        assert "days to 1 March 2099" not in main_of(client, path)
    # Those who steer do not wait for the ministries' day any more either.
    assert header_of(client_for(filled.editor)).startswith("Ministries clear the text:")


def test_a_contributor_is_told_the_same(filled, client_for):
    Entry.objects.update(state="draft")
    assign(filled.entry(), [filled.contributor], user=filled.focal)
    client = client_for(filled.contributor)
    assert "to 1 March 2099" in main_of(client)
    rounds.close_round(filled.round, user=filled.editor)
    assert "Not handed in before the round was closed" in main_of(client)


def test_nothing_assigned_and_nothing_left_are_two_things(filled, client_for):
    client = client_for(filled.contributor)
    assert "Nothing is assigned to you" in main_of(client)
    assign(filled.entry(), [filled.contributor], user=filled.focal)
    assert "what is assigned to you is ready or handed in" in main_of(client)


def test_why_nothing_is_owed(filled, client_for):
    client = client_for(filled.focal)
    reports.submit_report(filled.report(), user=filled.focal)
    reports.accept_report(filled.report(), user=filled.editor)
    assert "has accepted what your ministry reported" in main_of(client)
    Round.objects.update(state=RoundState.PUBLISHED)
    assert "no round is under way" in main_of(client)


def test_a_ministry_without_action_points_is_told_so(filled, client_for):
    client = client_for(person(Role.FOCAL_POINT, "climate"))
    assert "leads no action point in the rounds under way" in main_of(client)


def test_the_receipt_follows_the_report(filled, client_for):
    client = client_for(filled.focal)
    reports.submit_report(filled.report(), user=filled.focal)
    page = main_of(client, filled.url("receipt/"))
    assert page.startswith("The report is submitted")
    assert "can be read but not changed" in page
    reports.return_report(filled.report(), user=filled.editor, comment="Say how many.")
    page = main_of(client, filled.url("receipt/"))
    assert page.startswith("The report was submitted and came back")
    assert "open for writing again" in page
    assert "not changed" not in page
    reports.submit_report(filled.report(), user=filled.focal)
    reports.accept_report(filled.report(), user=filled.editor)
    page = main_of(client, filled.url("receipt/"))
    assert page.startswith("The report was submitted and is accepted")
    assert "Nothing more is asked" in page
