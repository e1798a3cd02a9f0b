"""Opening a round freezes what it covers; after that, changes to the plan or the lists do not reach it."""

import datetime
import itertools
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionpoints.models import ActionPoint, LeadAssignment, Plan
from common.dates import today
from common.locking import save_if_unchanged
from common.models import TransitionRecord
from common.transitions import TransitionRefused
from priority_countries.models import CountryListing, Forum
from reporting.collection.enums import RoundState
from reporting.collection.models import Entry, MinistryReport, Round, RoundCountry, RoundForum
from reporting.collection.workflow import ROUND

DAY_FIELDS = ("opens_on", "missions_due_on", "ministries_due_on", "clearance_due_on", "publication_due_on")


class RoundRefused(Exception):
    """The round cannot be opened or changed as asked; the message says why. `field` names the day at fault, if one is."""

    def __init__(self, message: str, field: str | None = None):
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class Opening:
    """What opening a round did: the numbers are those of the round, whether or not it had been opened before."""

    round: Round
    already_open: bool
    reports: int
    entries: int
    countries: int
    forums: int


def default_days(year: int) -> dict[str, datetime.date]:
    """The days of a round that nobody gave others: the report on Y is due on 1 August of Y + 1."""
    return {
        # A round opened late, for a year that is long over, has its deadlines behind it from the start.
        "opens_on": min(today(), datetime.date(year + 1, 1, 31)),
        "missions_due_on": datetime.date(year + 1, 1, 31),
        "ministries_due_on": datetime.date(year + 1, 3, 1),
        "clearance_due_on": datetime.date(year + 1, 5, 15),
        "publication_due_on": datetime.date(year + 1, 8, 1),
    }


def open_round(
    year: int,
    *,
    user=None,
    opens_on: datetime.date | None = None,
    missions_due_on: datetime.date | None = None,
    ministries_due_on: datetime.date | None = None,
    clearance_due_on: datetime.date | None = None,
    publication_due_on: datetime.date | None = None,
) -> Opening:
    """Open the round of `year` and freeze its cells, countries and forums. A round that is open already stays as it is.

    A day that is not given keeps what was planned, else takes its default. Raises RoundRefused, having changed nothing,
    when the year is outside every plan, the days do not follow each other, or the plan has nothing to report on.
    """
    plan = Plan.objects.filter(first_year__lte=year, last_year__gte=year).order_by("-first_year").first()
    if plan is None:
        raise RoundRefused(_("No plan covers %(year)s.") % {"year": year}, "year")
    given = (opens_on, missions_due_on, ministries_due_on, clearance_due_on, publication_due_on)
    with transaction.atomic():
        round, created = Round.objects.get_or_create(year=year, defaults={"plan": plan, **_days(year, given, None)})
        if not created and round.state == RoundState.PLANNED:
            Round.objects.filter(pk=round.pk, state=RoundState.PLANNED).update(**_days(year, given, round))
        try:
            ROUND.perform(round, "open", user=user)
        except TransitionRefused:
            return _opening(Round.objects.get(pk=round.pk), already_open=True)
        _freeze(round)
        round.refresh_from_db()
        return _opening(round, already_open=False)


def change_days(round: Round, *, user, version: int, **days: datetime.date) -> bool:
    """Move deadlines of a round; the log says from when to when. False, having changed nothing, when somebody else
    changed the round first. Raises RoundRefused when the days do not follow each other.
    """
    before = {field: getattr(round, field) for field in DAY_FIELDS}
    check_order({**before, **days})
    moved = [
        f"{day_label(field)}: {before[field].isoformat()} → {day.isoformat()}"
        for field, day in days.items()
        if day != before[field]
    ]
    with transaction.atomic():
        saved = save_if_unchanged(round, version, **days)
        if saved and moved:
            TransitionRecord.objects.create(
                workflow=round._meta.label_lower,
                subject_id=round.pk,
                name="change_days",
                from_state=round.state,
                to_state=round.state,
                user=user,
                comment="; ".join(moved),
            )
    return saved


def close_round(round: Round, *, user) -> None:
    """End the collection: late reports then need a grant."""
    ROUND.perform(round, "close", user=user)


def open_again(round: Round, *, user, comment: str) -> None:
    """Take a closing back, with the reason. The days stay. Raises CommentMissing or TransitionRefused."""
    ROUND.perform(round, "open_again", user=user, comment=comment)


def begin_synthesis(round: Round, *, user) -> None:
    """The MFA starts writing on the basis of what was reported."""
    ROUND.perform(round, "begin_synthesis", user=user)


def check_order(days: dict[str, datetime.date]) -> None:
    """Raise RoundRefused, naming the day, when a day lies before the one that should precede it."""
    for field, sentence in disorder(days).items():
        raise RoundRefused(sentence, field)


def disorder(days: dict[str, datetime.date]) -> dict[str, str]:
    """Each day that lies before the one that should precede it, with the sentence that says so. Days may be left out."""
    given = [field for field in DAY_FIELDS if field in days]
    sentence = _("%(later)s (%(later_day)s) lies before %(earlier)s (%(earlier_day)s). Give another day.")
    return {
        later: sentence
        % {
            "later": day_label(later).capitalize(),
            "later_day": date_format(days[later], "j F Y"),
            "earlier": day_label(earlier),
            "earlier_day": date_format(days[earlier], "j F Y"),
        }
        for earlier, later in itertools.pairwise(given)
        if days[later] < days[earlier]
    }


def day_label(field: str) -> str:
    """The name of one of a round's days, as its form shows it."""
    return str(Round._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # DAY_FIELDS are columns


def _days(year: int, given: tuple, planned: Round | None) -> dict[str, datetime.date]:
    defaults = default_days(year)
    days = {
        field: value or (getattr(planned, field) if planned else defaults[field])
        for field, value in zip(DAY_FIELDS, given, strict=True)
    }
    check_order(days)
    return days


def _freeze(round: Round) -> None:
    """Write down the cells, countries and forums in force in the round's year."""
    leads = list(
        LeadAssignment.objects.in_force(round.year)
        .filter(action_point__section__theme__plan=round.plan_id)
        .select_related("action_point")
    )
    if not leads:
        raise RoundRefused(_("No ministry leads any action point in %(year)s.") % {"year": round.year}, "year")
    wordings = dict(ActionPoint.objects.with_wording(round.year).values_list("pk", "wording_id"))
    for lead in leads:
        if wordings[lead.action_point_id] is None:
            raise RoundRefused(
                _("Action point %(code)s has no text in %(year)s.")
                % {"code": lead.action_point.code, "year": round.year},
                "year",
            )
    reports = {
        report.ministry_id: report
        for report in MinistryReport.objects.bulk_create(
            MinistryReport(round=round, ministry_id=ministry)
            for ministry in sorted({lead.ministry_id for lead in leads})
        )
    }
    Entry.objects.bulk_create(
        Entry(
            report=reports[lead.ministry_id],
            action_point_id=lead.action_point_id,
            wording_id=wordings[lead.action_point_id],
            position=lead.position,
        )
        for lead in leads
    )
    RoundCountry.objects.bulk_create(
        RoundCountry(
            round=round,
            country=listing.country,
            name_en=listing.country.name_en,
            name_nb=listing.country.name_nb,
            name_nn=listing.country.name_nn,
            listed_from=listing.first_year,
        )
        for listing in CountryListing.objects.in_force(round.year).select_related("country")
    )
    RoundForum.objects.bulk_create(
        RoundForum(round=round, forum=forum) for forum in Forum.objects.in_force(round.year)
    )


def _opening(round: Round, *, already_open: bool) -> Opening:
    return Opening(
        round=round,
        already_open=already_open,
        reports=round.reports.count(),
        entries=Entry.objects.filter(report__round=round).count(),
        countries=round.countries.count(),
        forums=round.forums.count(),
    )
