"""A ministry's report: its task list, submitting it, and the receipt."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.models import Job
from common.transitions import TransitionRefused
from reporting.collection import policy
from reporting.collection.checks import CheckedEntry, check_entries, missing
from reporting.collection.enums import EntryState, MinistryReportState
from reporting.collection.forms import ExtendForm, ReasonForm
from reporting.collection.history import history, last_return, last_submission
from reporting.collection.models import Entry, MinistryReport
from reporting.collection.services import reports
from reporting.collection.views.access import (
    crumbs,
    entry_url,
    for_reporters,
    get_report,
    report_url,
    require,
    round_crumb,
)
from reporting.collection.workflow import MINISTRY_REPORT


@dataclass(frozen=True)
class Task:
    """One row of the task list."""

    checked: CheckedEntry
    url: str

    @property
    def entry(self) -> Entry:
        return self.checked.entry


@require_safe
@for_reporters
def ministry_report(request, year: int, ministry: str):
    """The task list with what is missing, and the buttons that this person has."""
    return report_page(request, get_report(request, year, ministry))


@require_POST
@for_reporters
def submit(request, year: int, ministry: str):
    """Hand the report in. 422 names what is missing or that it is late; 409 when it is not there to be submitted."""
    report = get_report(request, year, ministry)
    require(policy.may_submit(request.user, report))
    try:
        reports.submit_report(report, user=request.user)
    except reports.Incomplete:
        return report_page(
            request, report, refused=_("The report was not submitted: something is missing."), status=422
        )
    except reports.TooLate as late:
        return report_page(request, report, refused=str(late), status=422)
    except TransitionRefused:
        return wrong_state(request, report, _("submit"))
    return redirect("collection:receipt", year, ministry)


@require_safe
@for_reporters
def receipt(request, year: int, ministry: str):
    """What was submitted, when, by whom, and what comes next. 404 before anything was submitted."""
    report = get_report(request, year, ministry)
    record = last_submission(report)
    if record is None:
        raise Http404
    context = {
        "report": report,
        "round": report.round,
        "record": record,
        "entries": report.entries.count(),
        "mail": Job.objects.filter(kind=reports.MAIL_RECEIPT, subject_id=record.pk).first(),
        "report_url": report_url(report),
        "breadcrumbs": crumbs(
            round_crumb(report.round), (report.ministry.name, report_url(report)), (_("Receipt"), "")
        ),
    }
    return render(request, "collection/receipt.html", context)


def report_page(request, report: MinistryReport, *, refused="", reason_form=None, extend_form=None, status=200):
    """The ministry's page, also after something was refused."""
    user, round = request.user, report.round
    visible = Entry.objects.for_user(user).filter(report=report).prefetch_related("contributors")
    visible = visible.annotate(comment_count=Count("comments"))
    tasks = [Task(checked, _url(report, checked.entry)) for checked in check_entries(report, visible)]
    ready = sum(task.entry.state == EntryState.READY for task in tasks)
    may_submit, may_review = policy.may_submit(user, report), policy.may_review(user)
    open_for_writing = report.is_open_for_writing
    unfinished = missing(report) if may_submit and open_for_writing else []
    context = {
        "report": report,
        "round": round,
        "tasks": tasks,
        "ready": ready,
        "percent": 100 * ready // len(tasks) if tasks else 0,
        "sees_all": policy.is_focal_point(user, report) or policy.reads_everything(user),
        "unfinished": [Task(checked, _url(report, checked.entry)) for checked in unfinished],
        "records": history(report, dict(MinistryReportState.choices)),
        "returned": last_return(report),
        "refused": refused,
        "late": reports.late_reason(report) if open_for_writing else "",
        "may_submit": may_submit and open_for_writing,
        "may_return": may_review and MINISTRY_REPORT.allows(report, "return"),
        "may_accept": may_review and MINISTRY_REPORT.allows(report, "accept"),
        "may_reopen": may_review and MINISTRY_REPORT.allows(report, "reopen"),
        "may_extend": may_review and open_for_writing and report.state == MinistryReportState.DRAFT,
        "reason_form": reason_form or ReasonForm(label_suffix=""),
        "extend_form": extend_form or ExtendForm(label_suffix=""),
        "was_submitted": report.submitted_at is not None,
        "breadcrumbs": crumbs(round_crumb(round), (report.ministry.name, "")),
    }
    return render(request, "collection/ministry_report.html", context, status=status)


def wrong_state(request, report: MinistryReport, verb: str):
    """409: somebody moved the report in the meantime, or this step does not start from where it is."""
    report.refresh_from_db()
    context = {
        "report": report,
        "round": report.round,
        "verb": verb,
        "report_url": report_url(report),
        "breadcrumbs": crumbs(round_crumb(report.round), (report.ministry.name, "")),
    }
    return render(request, "collection/wrong_state.html", context, status=409)


def done(request, report: MinistryReport, sentence: str):
    messages.success(request, sentence)
    return redirect(report_url(report))


def _url(report: MinistryReport, entry: Entry) -> str:
    entry.report = report
    return entry_url(entry)
