"""Mails about a ministry's report. The subject of each job is the logged transition that the mail tells about.

A mail is sent before its job is recorded as done, outside of any transaction: a slow server must not hold SQLite's only write
lock. A job that is done or held by another worker cannot be claimed, so running it again sends nothing. But a process that dies
between the server's answer and the record sends the mail a second time: each mail goes out at least once.
"""

import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.jobs import JobFailed, JobPostponed, Progress, job_handler
from common.models import TransitionRecord
from reporting.collection.models import MinistryReport
from reporting.collection.people import focal_points
from reporting.collection.services.reports import MAIL_RECEIPT, MAIL_RETURN

SHORTEST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=1)


@job_handler(MAIL_RECEIPT)
def mail_receipt(record_id: int, progress: Progress) -> None:
    """One mail to the person who submitted and the ministry's focal points."""
    record, report = _subject(record_id)
    people = {person.email: person for person in focal_points(report.ministry_id)}
    if record.user is not None and record.user.is_active:
        people[record.user.email] = record.user
    _mail("receipt", record, report, people, progress)


@job_handler(MAIL_RETURN)
def mail_return(record_id: int, progress: Progress) -> None:
    """One mail with the reasons to the ministry's focal points."""
    record, report = _subject(record_id)
    people = {person.email: person for person in focal_points(report.ministry_id)}
    _mail("return", record, report, people, progress)


def _subject(record_id: int) -> tuple[TransitionRecord, MinistryReport]:
    record = TransitionRecord.objects.select_related("user").get(pk=record_id)
    return record, MinistryReport.objects.select_related("round", "ministry").get(pk=record.subject_id)


def _mail(
    kind: str, record: TransitionRecord, report: MinistryReport, people: dict[str, User], progress: Progress
) -> None:
    """Send one mail to these people, or raise JobPostponed when the mail server is away or refuses it."""
    if not people:
        raise JobFailed(_("The ministry has no focal point to whom the mail could go."))
    path = reverse("collection:ministry_report", args=[report.round.year, report.ministry.code])
    # One mail goes to several people, so it is written in the portal's source language.
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "record": record,
            "report": report,
            "entries": report.entries.count(),
            "url": f"{settings.BASE_URL}{path}",
        }
        subject = render_to_string(f"collection/mail/{kind}_subject.txt", context).strip()
        body = render_to_string(f"collection/mail/{kind}.txt", context)
    message = EmailMessage(subject, body, to=sorted(people))
    progress(50, _("Sending the mail"))  # Raises when this worker has lost the job to another.
    try:
        message.send()
    except (SMTPException, OSError) as error:
        reason = _("The mail server did not take the mail (%s).") % type(error).__name__
        raise JobPostponed(_next_wait(record), reason) from error


def _next_wait(record: TransitionRecord) -> datetime.timedelta:
    """As long again as the mail has waited already: the waits double from a minute to an hour."""
    return min(max(timezone.now() - record.at, SHORTEST_WAIT), LONGEST_WAIT)
