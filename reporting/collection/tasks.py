"""Mails about a ministry's report. The subject of each job is the logged transition that the mail tells about."""

from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.jobs import JobFailed, Progress, job_handler
from common.models import TransitionRecord
from reporting.collection.models import MinistryReport
from reporting.collection.people import focal_points
from reporting.collection.services.reports import MAIL_RECEIPT, MAIL_RETURN


@job_handler(MAIL_RECEIPT)
def mail_receipt(record_id: int, progress: Progress) -> Callable[[], None]:
    """One mail to the person who submitted and the ministry's focal points."""
    record, report = _subject(record_id)
    people = {person.email: person for person in focal_points(report.ministry_id)}
    if record.user is not None and record.user.is_active:
        people[record.user.email] = record.user
    return _mail("receipt", record, report, people)


@job_handler(MAIL_RETURN)
def mail_return(record_id: int, progress: Progress) -> Callable[[], None]:
    """One mail with the reasons to the ministry's focal points."""
    record, report = _subject(record_id)
    return _mail("return", record, report, {person.email: person for person in focal_points(report.ministry_id)})


def _subject(record_id: int) -> tuple[TransitionRecord, MinistryReport]:
    record = TransitionRecord.objects.select_related("user").get(pk=record_id)
    return record, MinistryReport.objects.select_related("round", "ministry").get(pk=record.subject_id)


def _mail(kind: str, record: TransitionRecord, report: MinistryReport, people: dict[str, User]) -> Callable[[], None]:
    """Returns what sends the mail; the job calls it in the transaction that records success, so it is not sent twice."""
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

    def send() -> None:
        try:
            message.send()
        except (SMTPException, OSError) as error:
            raise JobFailed(_("The mail server did not take the mail (%s).") % type(error).__name__) from error

    return send
