"""Giving what was seeded in a second the days on which it would have happened."""

import datetime

from django.utils import timezone

from common.dates import OSLO
from common.models import TransitionRecord
from reporting.collection.models import Comment, Entry, EntryRevision, MinistryReport, Round
from reporting.publication.models import Build, Publication, Snapshot
from reporting.synthesis.models import Synthesis, SynthesisRevision

# Month and day of the year after the one reported on.
WRITTEN = (2, 12)
SUBMITTED = (2, 24)
COMMENTED = (3, 4)
RETURNED = (3, 5)
MENDED = (3, 12)
ACCEPTED = (3, 20)
SYNTHESISED = (5, 8)
BUILT = (6, 12)
PUBLISHED = (6, 25)


def round_days(year: int) -> dict[str, datetime.date]:
    """The days of a round that is over, as they were set at the time."""
    return {
        "opens_on": datetime.date(year, 11, 1),
        "missions_due_on": datetime.date(year + 1, 1, 31),
        "ministries_due_on": datetime.date(year + 1, 3, 1),
        "clearance_due_on": datetime.date(year + 1, 5, 15),
        "publication_due_on": datetime.date(year + 1, 8, 1),
    }


def date_reports(round: Round) -> None:
    """Spread the steps up to acceptance over the spring; keep the order in which they were made."""
    Round.objects.filter(pk=round.pk).update(**round_days(round.year))
    reports = MinistryReport.objects.filter(round=round)
    entries = Entry.objects.filter(report__round=round)
    entries.exclude(updated_at=None).update(updated_at=_moment(round, WRITTEN))
    EntryRevision.objects.filter(entry__in=entries).update(saved_at=_moment(round, WRITTEN))
    EntryRevision.objects.filter(entry__in=entries, version__gt=3).update(saved_at=_moment(round, MENDED))
    Comment.objects.filter(entry__in=entries).update(created_at=_moment(round, COMMENTED))
    _date_transitions(round, [round], {"open": datetime.date(round.year, 11, 1)})
    days = {"submit": SUBMITTED, "return": RETURNED, "accept": ACCEPTED}
    _date_transitions(round, reports, {name: _day(round, day) for name, day in days.items()})
    for report in reports:
        submissions = list(TransitionRecord.objects.of(report).filter(name="submit"))
        if len(submissions) > 1:
            TransitionRecord.objects.filter(pk=submissions[-1].pk).update(at=_moment(round, MENDED))
        reports.filter(pk=report.pk).update(
            submitted_at=_moment(round, MENDED if len(submissions) > 1 else SUBMITTED),
            accepted_at=_moment(round, ACCEPTED),
        )


def date_syntheses(round: Round) -> None:
    syntheses = Synthesis.objects.filter(round=round)
    syntheses.update(updated_at=_moment(round, SYNTHESISED))
    SynthesisRevision.objects.filter(synthesis__in=syntheses).update(saved_at=_moment(round, SYNTHESISED))


def date_build(build: Build) -> None:
    """Before it is compiled: the day is printed in the report."""
    snapshot = build.snapshot
    content = {**snapshot.content, "as_of": _day(build.round, BUILT).isoformat()}
    Snapshot.objects.filter(pk=snapshot.pk).update(content=content, taken_at=_moment(build.round, BUILT))
    Build.objects.filter(pk=build.pk).update(requested_at=_moment(build.round, BUILT))


def date_publication(publication: Publication) -> None:
    round = publication.round
    Publication.objects.filter(pk=publication.pk).update(published_at=_moment(round, PUBLISHED))
    _date_transitions(
        round,
        [round],
        {
            "close": _day(round, ACCEPTED),
            "begin_synthesis": _day(round, ACCEPTED),
            "publish": _day(round, PUBLISHED),
        },
    )


def _date_transitions(round: Round, subjects, days: dict[str, datetime.date]) -> None:
    for subject in subjects:
        for name, day in days.items():
            TransitionRecord.objects.of(subject).filter(name=name).update(at=_at_ten(day))


def _day(round: Round, day: tuple[int, int]) -> datetime.date:
    return datetime.date(round.year + 1, *day)


def _moment(round: Round, day: tuple[int, int]) -> datetime.datetime:
    return _at_ten(_day(round, day))


def _at_ten(day: datetime.date) -> datetime.datetime:
    """Ten in the morning in Oslo, but never later than now."""
    return min(datetime.datetime.combine(day, datetime.time(10), tzinfo=OSLO), timezone.now())
