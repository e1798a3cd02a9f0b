"""A ministry's report on its way: submit, return, accept, reopen, late submission. Each is logged by the workflow."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common import jobs
from common.dates import today
from common.models import TransitionRecord
from common.transitions import CommentMissing
from reporting.collection.checks import CheckedEntry, missing
from reporting.collection.enums import MinistryReportState
from reporting.collection.models import MinistryReport
from reporting.collection.workflow import MINISTRY_REPORT

MAIL_RECEIPT = "mail receipt"
MAIL_RETURN = "mail return"


class Incomplete(Exception):
    """Something is missing; `entries` says what, entry by entry."""

    def __init__(self, entries: list[CheckedEntry]):
        self.entries = entries
        super().__init__(f"{len(entries)} entries are not ready")


class TooLate(Exception):
    """The deadline is over and no later day was granted. The draft stays; the message says what to do."""


class ExtensionRefused(Exception):
    """A late submission cannot be granted as asked; the message says why."""


class AlreadySubmitted(Exception):
    """A report that was handed in needs no later day."""


def late_reason(report: MinistryReport) -> str:
    """Why the report cannot be submitted today, or "" when time does not stand in the way. A returned one is never late."""
    if report.is_overdue:
        sentence = _(
            "The deadline was %(day)s. Your draft is kept and you can go on writing. "
            "Ask the Ministry of Foreign Affairs to grant a late submission."
        )
        return sentence % {"day": date_format(report.due_on, "j F Y")}
    if report.is_shut_out:
        return _(
            "The round is closed. Your draft is kept. Ask the Ministry of Foreign Affairs to grant a late submission."
        )
    return ""


def submit_report(report: MinistryReport, *, user, notify: bool = True) -> TransitionRecord:
    """Hand the report to the MFA and send one receipt by mail.

    Raises TransitionRefused, TooLate or Incomplete, having changed nothing. `notify=False` is for filling
    a year that is over, where nobody waits for a mail.
    """

    def guard(locked: Any) -> None:
        if reason := late_reason(locked):
            raise TooLate(reason)
        if entries := missing(locked):
            raise Incomplete(entries)

    with transaction.atomic():
        record = MINISTRY_REPORT.perform(report, "submit", user=user, guard=guard)
        if notify:
            jobs.enqueue(MAIL_RECEIPT, record.pk, idempotency_key=f"{MAIL_RECEIPT}:{record.pk}")
    return record


def return_report(report: MinistryReport, *, user, comment: str, notify: bool = True) -> TransitionRecord:
    """Send the report back with reasons, and mail them to the ministry's focal points.

    Raises CommentMissing or TransitionRefused.
    """
    with transaction.atomic():
        record = MINISTRY_REPORT.perform(report, "return", user=user, comment=comment)
        if notify:
            jobs.enqueue(MAIL_RETURN, record.pk, idempotency_key=f"{MAIL_RETURN}:{record.pk}")
    return record


def accept_report(report: MinistryReport, *, user, comment: str = "") -> TransitionRecord:
    """Take the report as it is. Raises TransitionRefused."""
    return MINISTRY_REPORT.perform(report, "accept", user=user, comment=comment)


def reopen_report(report: MinistryReport, *, user, comment: str, notify: bool = True) -> TransitionRecord:
    """Open an accepted report again, with the reason; also after publication, for a corrected edition.

    Raises CommentMissing or TransitionRefused.
    """
    with transaction.atomic():
        record = MINISTRY_REPORT.perform(report, "reopen", user=user, comment=comment)
        if notify:
            jobs.enqueue(MAIL_RETURN, record.pk, idempotency_key=f"{MAIL_RETURN}:{record.pk}")
    return record


def extend(report: MinistryReport, *, user, until: datetime.date, reason: str) -> TransitionRecord:
    """Grant a late submission until the end of a day. The grant is logged beside the transitions; the state stays.

    Raises CommentMissing without a reason, ExtensionRefused for a day that is over, or AlreadySubmitted.
    """
    if not reason.strip():
        raise CommentMissing("extend")
    if until < today():
        raise ExtensionRefused(_("Give today or a later day."))
    with transaction.atomic():
        locked = MinistryReport.objects.select_for_update(of=("self",)).select_related("round").get(pk=report.pk)
        if locked.state != MinistryReportState.DRAFT:
            raise AlreadySubmitted
        MinistryReport.objects.filter(pk=locked.pk).update(extended_to=until)
        record = TransitionRecord.objects.create(
            workflow=report._meta.label_lower,
            subject_id=report.pk,
            name="extend",
            from_state=locked.state,
            to_state=locked.state,
            user=user,
            comment=_("Late submission granted until %(day)s: %(reason)s")
            % {"day": date_format(until, "j F Y"), "reason": reason.strip()},
        )
    report.extended_to = until
    return record
