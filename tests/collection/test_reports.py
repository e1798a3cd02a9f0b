"""A report's way: submitted, returned, mended, accepted, reopened; late submission."""

import datetime

import pytest
from django.utils import timezone

from common.dates import OSLO
from common.models import Job, TransitionRecord
from common.transitions import CommentMissing, TransitionRefused
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.collection.services import reports, rounds
from reporting.collection.services.entries import save_entry
from reporting.collection.services.rounds import change_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(world):
    world.fill()
    return world


def states(report) -> list[str]:
    return [record.name for record in TransitionRecord.objects.of(report)]


def test_the_whole_way(filled):
    report = filled.report()
    reports.submit_report(report, user=filled.focal)
    assert (report.state, report.submitted_at is not None) == ("submitted", True)
    reports.return_report(report, user=filled.editor, comment="Say how many.")
    entry = filled.entry()
    save_entry(entry, {"results": "18 of 42."}, user=filled.focal, version=entry.version)
    reports.submit_report(report, user=filled.alternate)
    reports.accept_report(report, user=filled.editor)
    assert report.accepted_at is not None
    reports.reopen_report(report, user=filled.editor, comment="A figure was wrong.")
    assert (report.state, report.accepted_at) == ("returned", None)
    assert states(report) == ["submit", "return", "submit", "accept", "reopen"]


def test_submission_is_refused_while_something_is_missing(filled):
    entry = filled.entry("1.2")
    save_entry(entry, {"status": ""}, user=filled.focal, version=entry.version)
    with pytest.raises(reports.Incomplete) as refused:
        reports.submit_report(filled.report(), user=filled.focal)
    assert [row.entry.action_point.code for row in refused.value.entries] == ["1.2"]
    assert filled.report().state == "draft"
    assert not Job.objects.exists()


def test_reasons_are_required(filled):
    report = filled.report()
    reports.submit_report(report, user=filled.focal)
    with pytest.raises(CommentMissing):
        reports.return_report(report, user=filled.editor, comment="  ")
    reports.accept_report(report, user=filled.editor)
    with pytest.raises(CommentMissing):
        reports.reopen_report(report, user=filled.editor, comment="")
    assert states(report) == ["submit", "accept"]


@pytest.mark.parametrize(
    ("step", "kwargs"),
    [("accept_report", {}), ("return_report", {"comment": "x"}), ("reopen_report", {"comment": "x"})],
)
def test_a_draft_cannot_be_reviewed(filled, step, kwargs):
    with pytest.raises(TransitionRefused):
        getattr(reports, step)(filled.report(), user=filled.editor, **kwargs)


# --- Time ---------------------------------------------------------------------------------------------------------------
DEADLINES = [
    # the day, and the first moment after it, in UTC: winter time, summer time, both changes of the clock, New Year
    (datetime.date(2027, 3, 1), "2027-03-01T23:00:00"),
    (datetime.date(2027, 6, 1), "2027-06-01T22:00:00"),
    (datetime.date(2027, 3, 27), "2027-03-27T23:00:00"),
    (datetime.date(2027, 3, 28), "2027-03-28T22:00:00"),
    (datetime.date(2027, 10, 30), "2027-10-30T22:00:00"),
    (datetime.date(2027, 10, 31), "2027-10-31T23:00:00"),
    (datetime.date(2027, 12, 31), "2027-12-31T23:00:00"),
]
SECOND = datetime.timedelta(seconds=1)


def at(monkeypatch, moment: datetime.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(("day", "over"), DEADLINES)
def test_the_deadline_is_the_end_of_its_day_in_oslo(filled, monkeypatch, day, over):
    Round.objects.update(
        opens_on=datetime.date(2027, 1, 1),
        missions_due_on=datetime.date(2027, 1, 31),
        ministries_due_on=day,
        clearance_due_on=datetime.date(2028, 5, 15),
        publication_due_on=datetime.date(2028, 8, 1),
    )
    moment = datetime.datetime.fromisoformat(over).replace(tzinfo=datetime.UTC)
    at(monkeypatch, moment)
    with pytest.raises(reports.TooLate, match=str(day.year)):
        reports.submit_report(filled.report(), user=filled.focal)
    at(monkeypatch, moment + SECOND)
    with pytest.raises(reports.TooLate):
        reports.submit_report(filled.report(), user=filled.focal)
    assert filled.report().state == "draft"
    at(monkeypatch, moment - SECOND)
    reports.submit_report(filled.report(), user=filled.focal)


def late(world) -> None:
    Round.objects.update(missions_due_on="2026-01-31", ministries_due_on="2026-03-01")


def test_after_the_deadline_a_draft_is_still_saved(filled, monkeypatch):
    late(filled)
    at(monkeypatch, datetime.datetime(2026, 6, 1, tzinfo=OSLO))
    entry = filled.entry()
    assert save_entry(entry, {"efforts": "Late, but kept."}, user=filled.focal, version=entry.version)


def test_a_late_submission_can_be_granted(filled, monkeypatch):
    late(filled)
    at(monkeypatch, datetime.datetime(2026, 6, 1, tzinfo=OSLO))
    report = filled.report()
    with pytest.raises(reports.TooLate):
        reports.submit_report(report, user=filled.focal)
    with pytest.raises(reports.ExtensionRefused):
        reports.extend(report, user=filled.editor, until=datetime.date(2026, 5, 31), reason="Illness.")
    with pytest.raises(CommentMissing):
        reports.extend(report, user=filled.editor, until=datetime.date(2026, 6, 2), reason=" ")
    reports.extend(report, user=filled.editor, until=datetime.date(2026, 6, 2), reason="Illness.")
    at(monkeypatch, datetime.datetime(2026, 6, 2, 23, 59, 59, tzinfo=OSLO))
    reports.submit_report(filled.report(), user=filled.focal)
    assert states(report) == ["extend", "submit"]
    with pytest.raises(reports.AlreadySubmitted):
        reports.extend(filled.report(), user=filled.editor, until=datetime.date(2026, 6, 9), reason="Again.")


def test_a_returned_report_is_never_late(filled, monkeypatch):
    report = filled.report()
    reports.submit_report(report, user=filled.focal)
    reports.return_report(report, user=filled.editor, comment="Say how many.")
    late(filled)
    at(monkeypatch, datetime.datetime(2026, 6, 1, tzinfo=OSLO))
    reports.submit_report(filled.report(), user=filled.focal)


def test_a_closed_round_takes_no_first_submission_without_a_grant(filled, monkeypatch):
    rounds.close_round(filled.round, user=filled.editor)
    with pytest.raises(reports.TooLate, match="closed"):
        reports.submit_report(filled.report(), user=filled.focal)
    reports.extend(filled.report(), user=filled.editor, until=datetime.date(2098, 1, 1), reason="Agreed.")
    at(monkeypatch, datetime.datetime(2098, 1, 2, tzinfo=OSLO))
    with pytest.raises(reports.TooLate, match="closed"):
        reports.submit_report(filled.report(), user=filled.focal)
    at(monkeypatch, datetime.datetime(2098, 1, 1, 12, tzinfo=OSLO))
    reports.submit_report(filled.report(), user=filled.focal)


def test_after_publication_a_report_is_corrected_and_a_draft_needs_a_grant(filled):
    report = filled.report()
    reports.submit_report(report, user=filled.focal)
    reports.accept_report(report, user=filled.editor)
    Round.objects.update(state=RoundState.PUBLISHED)
    reports.reopen_report(report, user=filled.editor, comment="It names somebody.")
    entry = filled.entry()
    assert save_entry(entry, {"do_no_harm": True}, user=filled.focal, version=entry.version)
    reports.submit_report(filled.report(), user=filled.focal)
    reports.accept_report(filled.report(), user=filled.editor)
    filled.fill("mfa")
    with pytest.raises(reports.TooLate, match="closed"):
        reports.submit_report(filled.report("mfa"), user=filled.focal)
    reports.extend(filled.report("mfa"), user=filled.editor, until=datetime.date(2098, 1, 1), reason="Agreed.")
    reports.submit_report(filled.report("mfa"), user=filled.focal)


def test_a_moved_deadline_counts(filled, monkeypatch):
    at(monkeypatch, datetime.datetime(2099, 3, 10, tzinfo=OSLO))
    with pytest.raises(reports.TooLate):
        reports.submit_report(filled.report(), user=filled.focal)
    assert change_days(filled.round, user=filled.editor, version=1, ministries_due_on=datetime.date(2099, 3, 10))
    reports.submit_report(filled.report(), user=filled.focal)
