"""From an address to the row that this person may see: 403 without a role in the reporting, 404 for what is others'."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.collection import policy
from reporting.collection.models import Entry, EntryAssignment, MinistryReport, Round


def for_reporters(view):
    """Refuse, with 403, whoever holds no role in the yearly reporting."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not policy.may_see_rounds(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


def get_round(request, year: int) -> Round:
    return get_object_or_404(Round.objects.for_user(request.user).select_related("plan"), year=year)


def get_report(request, year: int, ministry: str) -> MinistryReport:
    reports = MinistryReport.objects.for_user(request.user).select_related("round__plan", "ministry")
    return get_object_or_404(reports, round__year=year, ministry__code=ministry)


def get_entry(request, year: int, ministry: str, code: str) -> Entry:
    assignments = Prefetch("assignments", EntryAssignment.objects.select_related("user").order_by("user__name"))
    entries = (
        Entry.objects.for_user(request.user)
        .select_related("report__round", "report__ministry", "action_point__section__theme", "wording", "updated_by")
        .prefetch_related(assignments, "countries", "forums", "resolutions")
    )
    return get_object_or_404(
        entries, report__round__year=year, report__ministry__code=ministry, action_point__code=code
    )


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def crumbs(*last: tuple[str, str]) -> list[dict[str, str]]:
    """The way back: rounds, then the given (label, address) pairs."""
    items = [(_("Rounds"), reverse("collection:rounds")), *last]
    return [{"label": label, "url": url} for label, url in items]


def round_crumb(round: Round) -> tuple[str, str]:
    return str(round.year), reverse("collection:round", args=[round.year])


def report_crumb(report: MinistryReport) -> tuple[str, str]:
    return report.ministry.name, report_url(report)


def report_url(report: MinistryReport) -> str:
    return reverse("collection:ministry_report", args=[report.round.year, report.ministry.code])


def entry_url(entry: Entry) -> str:
    report = entry.report
    return reverse("collection:entry", args=[report.round.year, report.ministry.code, entry.action_point.code])
