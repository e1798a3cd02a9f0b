"""A small round with accepted reports, and builds of it."""

import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.enums import Role
from actionpoints.models import ActionPoint, ActionPointText, LeadAssignment, Plan, Section
from common import jobs
from reporting.collection.enums import EntryState
from reporting.collection.models import Comment, Entry, MinistryReport, Round
from reporting.collection.services.rounds import open_round
from reporting.collection.workflow import MINISTRY_REPORT
from reporting.publication.models import Build, Publication, Snapshot
from reporting.publication.services.builds import request_build
from reporting.publication.services.publishing import publish
from reporting.synthesis.enums import Chapter
from reporting.synthesis.services.saving import save_synthesis
from tests.factories.collection import COMPLETE, make_plan, ministry, person

YEAR = 2025
CELLS = {"G1": ("mfa", "defence"), "1.1": ("mfa",), "1.2": ("defence",)}


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    content = factory.LazyFunction(lambda: {"schema": "1"})
    content_hash = factory.Sequence(lambda n: f"{n:064x}")


class BuildFactory(DjangoModelFactory):
    class Meta:
        model = Build

    number = factory.Sequence(lambda n: n + 1)
    snapshot = factory.SubFactory(SnapshotFactory, round=factory.SelfAttribute("..round"))


class PublicationFactory(DjangoModelFactory):
    class Meta:
        model = Publication

    round = factory.SelfAttribute("build.round")
    edition = 1


def make_round(cells=CELLS, *, year=YEAR, accepted=None, synthesis=True) -> Round:
    """A round of a small plan whose entries are complete; the reports of `accepted` (default: all) are accepted."""
    if not Plan.objects.exists():
        make_plan(cells)
    round = open_round(year, opens_on=datetime.date(year, 10, 1)).round
    for entry in Entry.objects.filter(report__round=round).select_related("report__ministry", "action_point"):
        where = f"{entry.action_point.code} {entry.report.ministry.code}"
        texts = {field: f"{text} ({where})" for field, text in COMPLETE.items() if " " in text}
        Entry.objects.filter(pk=entry.pk).update(**COMPLETE | texts, state=EntryState.READY)
    for report in MinistryReport.objects.filter(round=round).select_related("ministry"):
        if accepted is None or report.ministry.code in accepted:
            accept(report)
    if synthesis:
        points = {
            entry.action_point for entry in Entry.objects.filter(report__round=round).select_related("action_point")
        }
        for point in points:
            save_synthesis(round, action_point=point, text=f"Synthesis of {point.code}.", version=0, user=None)
        for chapter in Chapter:
            save_synthesis(round, chapter=chapter, text=f"The {chapter.value} of the year.", version=0, user=None)
    return round


def enlarge_plan(points: int) -> None:
    """So many more action points at the end of the plan, each led by two ministries."""
    section = Section.objects.order_by("-pk").first()
    for position in range(100, 100 + points):
        point = ActionPoint.objects.create(section=section, code=f"9.{position}", position=position)
        ActionPointText.objects.create(action_point=point, first_year=2023, text_en=f"Norway will do {point.code}.")
        for place, lead in enumerate(("mfa", "defence"), start=1):
            LeadAssignment.objects.create(
                action_point=point, ministry=ministry(lead), position=place, first_year=2023, last_year=2030
            )


def accept(report: MinistryReport) -> None:
    MINISTRY_REPORT.perform(report, "submit", user=None)
    MINISTRY_REPORT.perform(report, "accept", user=None)


def make_build(round: Round, *, user=None, run=True) -> Build:
    """A build, compiled unless `run` is false."""
    build = request_build(round, user=user)
    if run:
        jobs.run(build.job_id)
    return Build.objects.select_related("job", "round", "snapshot").get(pk=build.pk)


def make_publication(round: Round, **fields) -> Publication:
    """The round's next edition, made and published by two people of the MFA."""
    return publish(make_build(round), user=person(Role.MFA_PUBLISHER), **fields)


def fill_with_canaries(round: Round) -> list[str]:
    """A word in every field that must stay inside; the words."""
    canaries = []
    for entry in Entry.objects.filter(report__round=round):
        author = person(name=f"Canaryname{entry.pk}", email=f"canarymail{entry.pk}@example.org")
        Entry.objects.filter(pk=entry.pk).update(
            internal_note=f"Canarynote{entry.pk}", evidence=f"Canaryevidence{entry.pk}", updated_by=author
        )
        Comment.objects.create(entry=entry, author=author, text=f"Canarycomment{entry.pk}")
        kinds = ("note", "evidence", "comment", "name", "mail")
        canaries += [f"canary{kind}{entry.pk}" for kind in kinds]
    return canaries
