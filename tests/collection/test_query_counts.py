"""No page asks the database more often when there are ten times as many rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from actionpoints.models import ActionPoint, ActionPointText, Section
from reporting.collection.models import Entry, MinistryReport
from reporting.collection.services.entries import add_comment, assign
from reporting.collection.services.reports import return_report, submit_report
from reporting.collection.services.rounds import open_round
from tests.collection.world import DAYS, World
from tests.factories.collection import COMPLETE, person

pytestmark = pytest.mark.django_db
WHO = ("focal", "contributor", "editor", "auditor")


def measure(world: World, client_for) -> dict[tuple[str, str], int]:
    paths = ("/my/", "/rounds/", f"/rounds/{world.round.year}/", world.url(), world.entry_url())
    counts = {}
    for who in WHO:
        client = client_for(getattr(world, who))
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            counts[who, path] = len(captured)
    return counts


def grow(world: World, number: int, first: int = 0) -> None:
    """`number` more action points that every ministry leads, contributors, comments, returns, and a round."""
    section = Section.objects.get()
    for place in range(first, first + number):
        point = ActionPoint.objects.create(section=section, code=f"9.{place}", position=100 + place)
        wording = ActionPointText.objects.create(action_point=point, first_year=2023, text_en="More.")
        Entry.objects.bulk_create(
            Entry(report=report, action_point=point, wording=wording, position=1, **COMPLETE)
            for report in MinistryReport.objects.filter(round=world.round)
        )
    people = [world.contributor, *[person(Role.CONTRIBUTOR, "justice") for _ in range(number)]]
    for entry in Entry.objects.filter(report=world.report()):
        assign(entry, people, user=world.focal)
    for _ in range(number):
        add_comment(world.entry(), "How many?", user=world.editor)


def test_counts_stay_when_rows_grow(world, client_for):
    Entry.objects.update(**COMPLETE)
    open_round(2027, **DAYS)
    for ministry in ("justice", "mfa"):
        submit_report(world.report(ministry), user=world.focal, notify=False)
    return_report(world.report(), user=world.editor, comment="Say how many.", notify=False)
    grow(world, 1)
    before = measure(world, client_for)
    grow(world, 20, first=1)
    for year in (2028, 2029, 2030):
        open_round(year, **DAYS)
    for _ in range(5):
        submit_report(world.report(), user=world.focal, notify=False)
        return_report(world.report(), user=world.editor, comment="Again.", notify=False)
    assert measure(world, client_for) == before
    assert max(before.values()) <= 25
