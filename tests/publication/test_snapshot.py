"""What a snapshot holds, and what it never holds."""

import datetime
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from reporting.collection.models import Entry, MinistryReport, RoundCountry
from reporting.collection.workflow import MINISTRY_REPORT
from reporting.publication.models import Snapshot
from reporting.publication.services import snapshot as service
from reporting.publication.services.snapshot import snapshot_content, take_snapshot
from reporting.synthesis.models import Synthesis
from tests.factories.publication import SnapshotFactory, enlarge_plan, fill_with_canaries, make_round

pytestmark = pytest.mark.django_db

CELL = {
    "ministry",
    "status",
    "headline_result",
    "efforts",
    "results",
    "problems",
    "problems_follow_up",
    "next_steps",
    "change_kind",
    "result_kind",
    "partners",
    "countries",
    "forums",
    "resolutions",
}


def cells(content):
    return {
        (point["code"], cell["ministry"]): cell
        for theme in content["themes"]
        for section in theme["sections"]
        for point in section["action_points"]
        for cell in point["cells"]
    }


def test_an_accepted_cell_has_the_listed_fields_and_no_others():
    content = snapshot_content(make_round())
    assert set(content) == {
        "schema",
        "demonstration",
        "year",
        "language",
        "publication_due_on",
        "plan",
        "ministries",
        "chapters",
        "themes",
        "countries",
        "forums",
        "resolutions",
    }
    assert all(set(cell) == CELL for cell in cells(content).values())
    assert set(content["ministries"][0]) == {"code", "name", "abbreviation", "accepted_on"}
    point = content["themes"][0]["sections"][0]["action_points"][0]
    assert set(point) == {"code", "text", "orientation", "leads", "synthesis", "cells"}
    assert point["leads"] == ["mfa", "defence"]
    assert point["synthesis"] == "Synthesis of G1."
    assert content["chapters"] == {
        "introduction": "The introduction of the year.",
        "highlights": "The highlights of the year.",
    }


def test_tags_are_codes_in_order():
    round = make_round()
    entry = Entry.objects.get(action_point__code="1.1")
    entry.countries.set([listed.country for listed in RoundCountry.objects.order_by("-name_en")])
    entry.forums.set([covered.forum for covered in round.forums.all()])
    cell = cells(snapshot_content(round))["1.1", "mfa"]
    assert (cell["countries"], cell["forums"], cell["resolutions"]) == (["AAA", "AAB"], ["F0"], [])


def test_a_report_that_is_not_accepted_gives_nothing_but_its_place():
    content = snapshot_content(make_round(accepted={"mfa"}))
    assert cells(content)["G1", "defence"] == {"ministry": "defence", "status": None, "withheld": False}
    assert {ministry["code"]: bool(ministry["accepted_on"]) for ministry in content["ministries"]} == {
        "mfa": True,
        "defence": False,
    }


def test_a_returned_report_leaves_the_snapshot():
    round = make_round()
    report = MinistryReport.objects.get(ministry__code="defence")
    MINISTRY_REPORT.perform(report, "reopen", user=None, comment="A figure is wrong.")
    assert cells(snapshot_content(round))["1.2", "defence"]["status"] is None


def test_an_entry_that_could_harm_is_withheld_and_says_so():
    round = make_round()
    Entry.objects.filter(action_point__code="1.2").update(do_no_harm=True, headline_result="Canarydanger")
    content = snapshot_content(round)
    assert cells(content)["1.2", "defence"] == {"ministry": "defence", "status": None, "withheld": True}
    assert "Canarydanger" not in json.dumps(content)


def test_whether_an_unaccepted_entry_could_harm_is_not_told():
    round = make_round(accepted={"mfa"})
    Entry.objects.filter(report__ministry__code="defence").update(do_no_harm=True)
    assert cells(snapshot_content(round))["1.2", "defence"]["withheld"] is False


def test_texts_in_other_languages_stay_out():
    round = make_round()
    Synthesis.objects.filter(action_point__code="G1").update(language="nb")
    point = snapshot_content(round)["themes"][0]["sections"][0]["action_points"][0]
    assert point["synthesis"] == ""


def test_nothing_internal_is_in_it():
    round = make_round()
    canaries = fill_with_canaries(round)
    text = json.dumps(snapshot_content(round)).lower()
    assert [word for word in canaries if word in text] == []


def test_the_same_content_is_kept_once_under_its_first_day(monkeypatch):
    round = make_round()
    monkeypatch.setattr(service, "today", lambda: datetime.date(2026, 6, 15))
    first = take_snapshot(round)
    fill_with_canaries(round)
    monkeypatch.setattr(service, "today", lambda: datetime.date(2026, 7, 1))
    assert take_snapshot(round) == first
    assert first.content["as_of"] == "2026-06-15"


def test_other_content_is_another_snapshot():
    round = make_round()
    first = take_snapshot(round)
    Entry.objects.filter(action_point__code="G1").update(results="Something else.")
    second = take_snapshot(round)
    assert second != first
    assert Snapshot.objects.get(pk=first.pk).content == first.content


def test_the_number_of_queries_does_not_follow_the_number_of_entries():
    few = make_round(year=2024)
    enlarge_plan(30)
    many = make_round(year=2025)
    assert queries_of(many) == queries_of(few)


def queries_of(round):
    round.refresh_from_db()
    with CaptureQueriesContext(connection) as captured:
        snapshot_content(round)
    return len(captured)


def test_a_snapshot_is_kept_once():
    round = make_round(synthesis=False)
    SnapshotFactory(round=round, content_hash="a" * 64)
    with pytest.raises(IntegrityError, match=r"snapshot_once|content_hash"), transaction.atomic():
        SnapshotFactory(round=round, content_hash="a" * 64)
