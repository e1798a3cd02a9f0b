"""What is asked of a person. After publication that is what came back or was handed in for a corrected edition."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.policy import ministry_ids, organisation_ids
from common.dates import today
from common.models import TransitionRecord
from reporting.collection import policy
from reporting.collection.enums import EntryState, MinistryReportState, RoundState
from reporting.collection.models import Entry, MinistryReport, Round, Step

FIRST = {MinistryReportState.RETURNED: 0, MinistryReportState.DRAFT: 1, MinistryReportState.SUBMITTED: 2}


@dataclass(frozen=True)
class Owed:
    """A ministry's report and how far it is; `reasons` why it came back, "" if it did not."""

    report: MinistryReport
    url: str
    percent: int
    reasons: str


def owed_by(user) -> list[Owed]:
    """The reports of this focal point's ministries that are not accepted; the returned ones first."""
    reports = _with_progress(_current()).filter(ministry__in=organisation_ids(user, Role.FOCAL_POINT))
    rows = list(reports.exclude(state=MinistryReportState.ACCEPTED))
    reasons = _reasons([report for report in rows if report.state == MinistryReportState.RETURNED])
    rows.sort(key=lambda report: (FIRST[MinistryReportState(report.state)], report.due_on, report.pk))
    return [_owed(report, reasons.get(report.pk, "")) for report in rows]


def nothing_owed(user) -> str:
    """Why this focal point owes nothing."""
    under_way = Round.objects.for_user(user).exclude(state__in=[RoundState.PLANNED, RoundState.PUBLISHED])
    if not under_way.exists():
        return _("Nothing is owed: no round is under way.")
    own = MinistryReport.objects.filter(round__in=under_way, ministry__in=organisation_ids(user, Role.FOCAL_POINT))
    if not own.exists():
        return _("Nothing is owed: your ministry leads no action point in the rounds under way.")
    return _("Nothing is owed: the Ministry of Foreign Affairs has accepted what your ministry reported.")


def step_for(user, round: Round) -> Step:
    """What the round comes to next for this reader: for a ministry that has not handed in, its own deadline, also when it
    is over; for one that has, what follows. Ministries do not wait for missions.
    """
    if not policy.reports_for_ministry(user):
        return round.next_step()
    mine = ministry_ids(user, Role.FOCAL_POINT, Role.CONTRIBUTOR)
    drafts = list(round.reports.filter(ministry__in=mine, state=MinistryReportState.DRAFT))
    for report in drafts:
        report.round = round
    waiting = [report for report in drafts if not report.is_shut_out]
    if not waiting:
        return round.next_step(reporting=False)
    report = min(waiting, key=lambda report: report.due_on)
    label = _("your ministry’s report is overdue") if report.is_overdue else _("your ministry reports")
    return Step(label, report.due_on)


def has_assignments(user) -> bool:
    """Whether entries of a round under way are assigned to this contributor, ready or not."""
    rounds = [RoundState.OPEN, RoundState.CLOSED, RoundState.SYNTHESIS]
    return Entry.objects.for_user(user).filter(assignments__user=user, report__round__state__in=rounds).exists()


def assigned_to(user) -> list[Entry]:
    """The entries assigned to this contributor that are not ready and can be written."""
    if not policy.holds_contributor(user):
        return []
    return list(
        Entry.objects.for_user(user)
        .filter(
            assignments__user=user,
            report__state__in=[MinistryReportState.DRAFT, MinistryReportState.RETURNED],
        )
        .filter(report__in=_current())
        .exclude(state=EntryState.READY)
        .select_related("report__round", "report__ministry", "action_point", "wording")
        .in_plan_order()
    )


def reviewed_by(user) -> list[Owed]:
    """The reports that wait for this editor to read them, the oldest first."""
    if not policy.may_review(user):
        return []
    return [
        _owed(report, "")
        for report in _with_progress(_current()).filter(state=MinistryReportState.SUBMITTED).order_by("submitted_at")
    ]


def rounds_steered_by(user) -> list[Round]:
    """The rounds that are under way, for whoever steers, publishes or audits them."""
    if not policy.reads_everything(user):
        return []
    return list(Round.objects.for_user(user).exclude(state=RoundState.PUBLISHED).order_by("year"))


def _current():
    """The reports with which somebody can have to do; a draft that missed the publication only if a late day is granted."""
    missed = Q(round__state=RoundState.PUBLISHED, state=MinistryReportState.DRAFT)
    granted = Q(extended_to__gte=today())
    return MinistryReport.objects.filter(~missed | granted)


def _with_progress(reports):
    return reports.select_related("round", "ministry").with_progress()


def _owed(report, reasons: str) -> Owed:
    url = reverse("collection:ministry_report", args=[report.round.year, report.ministry.code])
    percent = 100 * report.ready_count // report.entry_count if report.entry_count else 0
    return Owed(report, url, percent, reasons)


def _reasons(reports: list[MinistryReport]) -> dict[int, str]:
    """The last reasons for which each of the reports came back."""
    records = TransitionRecord.objects.filter(
        workflow=MinistryReport._meta.label_lower,
        subject_id__in=[report.pk for report in reports],
        to_state=MinistryReportState.RETURNED,
        name__in=["return", "reopen"],
    )
    return dict(records.order_by("at", "pk").values_list("subject_id", "comment"))
