"""The demonstration's three years: one published, one published in full, one being reported on."""

import datetime
from collections.abc import Callable

from django.db import transaction

from accounts.enums import COORDINATOR_CODE, Role
from actionpoints.models import Plan
from common.dates import today
from common.tasks import run_job
from reporting.collection.models import Round
from reporting.collection.services.rounds import default_days, open_round
from reporting.publication.demonstration import dating, filling
from reporting.publication.demonstration.people import person
from reporting.publication.demonstration.texts import read_year
from reporting.publication.demonstration.years import demonstration_years
from reporting.publication.models import Build
from reporting.publication.services.builds import request_build
from reporting.publication.services.publishing import publish

AGENCY = "demonstration-agency"


class CompilationFailed(Exception):
    """The demonstration's report could not be compiled; the message is the job's reason."""


def seed_years(say: Callable[[str], None]) -> list[Build]:
    """Make what is missing of the three years and tell about each. Returns the builds that were compiled now.

    A year is filled in one transaction: one that was interrupted is made anew at the next call, one that is there stays.
    """
    plan = Plan.objects.get()
    years = demonstration_years(today(), first_year=plan.first_year, last_year=plan.last_year)
    builds = []
    for folder, year in (("previous_year", years.previous), ("full_year", years.full)):
        _fill_past_year(folder, year, say)
        build = _publish(Round.objects.get(year=year), say)
        if build is not None:
            builds.append(build)
    _fill_current_year(years.current, say)
    return builds


def _fill_past_year(folder: str, year: int, say: Callable[[str], None]) -> None:
    if Round.objects.filter(year=year).exists():
        return
    texts = read_year(folder, year)
    with transaction.atomic():
        # The deadlines are behind us; the reports are handed in as if they were not, and dated afterwards.
        round = open_round(year, user=person(Role.MFA_EDITOR, COORDINATOR_CODE), **_days_from_today(year)).round
        saved = filling.write_entries(round, texts)
        filling.submit_and_review(round, texts, with_return=folder == "full_year")
        written = filling.write_syntheses(round, texts)
        dating.date_reports(round)
        dating.date_syntheses(round)
    say(f"{year}: {saved} entries reported and accepted, {written} texts of the synthesis written")


def _publish(round: Round, say: Callable[[str], None]) -> Build | None:
    if round.publications.exists():
        return None
    build = round.builds.first()
    if build is None:
        with transaction.atomic():
            build = request_build(round, user=person(Role.MFA_EDITOR, COORDINATOR_CODE))
            dating.date_build(build)
    run_job.apply(args=[build.job_id], throw=True)
    build = Build.objects.select_related("job", "round").get(pk=build.pk)
    if not build.has_succeeded:
        raise CompilationFailed(f"{round.year}: {build.job.error if build.job else 'no job'}")
    publication = publish(build, user=person(Role.MFA_PUBLISHER, COORDINATOR_CODE))
    dating.date_publication(publication)
    say(
        f"{round.year}: {build.directory / 'report.pdf'}, {build.pages} pages, compiled in {build.seconds:.1f} s, published"
    )
    return build


def _fill_current_year(year: int, say: Callable[[str], None]) -> None:
    if Round.objects.filter(year=year).exists():
        return
    texts = read_year("current_year", year)
    days = {name: max(day, _days_from_today(year)[name]) for name, day in default_days(year).items()}
    days["opens_on"] = min(datetime.date(year, 11, 1), today())
    with transaction.atomic():
        round = open_round(year, user=person(Role.MFA_EDITOR, COORDINATOR_CODE), **days).round
        saved = filling.write_entries(round, texts)
        assigned = filling.assign_to_agency(round, AGENCY)
    say(f"{year}: open until {round.ministries_due_on}, {saved} of 78 entries begun, {assigned} assigned to an agency")


def _days_from_today(year: int) -> dict[str, datetime.date]:
    """Days that leave time from today on, in order."""
    steps = {
        "opens_on": 0,
        "missions_due_on": 14,
        "ministries_due_on": 30,
        "clearance_due_on": 60,
        "publication_due_on": 90,
    }
    return {name: today() + datetime.timedelta(days=days) for name, days in steps.items()}
