"""The mails about a report: one each, kept while the mail server is away, sent while no lock is held."""

import datetime
import socket
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from common import jobs
from common.embedded import run_next
from common.models import Job
from reporting.collection.models import Round
from reporting.collection.services import reports
from tests.common.threads import in_threads

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
SMTP = "django.core.mail.backends.smtp.EmailBackend"
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def filled(world):
    world.fill()
    return world


@pytest.fixture
def server_away(settings):
    """Mails go to a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port


def come_due() -> None:
    Job.objects.update(not_before=timezone.now())


def test_one_receipt_by_mail(filled):
    reports.submit_report(filled.report(), user=filled.focal)
    assert run_next()
    [message] = mail.outbox
    assert message.to == sorted([filled.focal.email, filled.alternate.email])
    assert "2026" in message.subject
    assert "Jon Justice" in message.body
    assert f"/rounds/{filled.round.year}/ministries/justice/" in message.body
    assert not run_next()
    assert not jobs.run(Job.objects.get().pk)
    assert len(mail.outbox) == 1


def test_the_return_is_mailed_with_its_reasons_and_no_entry_text(filled):
    report = filled.report()
    reports.submit_report(report, user=filled.focal, notify=False)
    assert not Job.objects.exists()
    reports.return_report(report, user=filled.editor, comment="Say how many & when.")
    assert run_next()
    [message] = mail.outbox
    assert message.to == sorted([filled.focal.email, filled.alternate.email])
    assert "Say how many & when." in message.body
    assert "Women were 18 of 42" not in message.body


def test_a_mail_waits_while_its_server_is_away_and_the_receipt_says_so(filled, client_for, server_away, settings):
    client = client_for(filled.focal)
    assert client.post(filled.url("submit/")).status_code == 302
    assert run_next()
    job = Job.objects.get()
    when = timezone.localtime(job.not_before)
    page = client.get(filled.url("receipt/")).content.decode()
    assert f"It is tried again on {when.day} {when:%B %Y %H:%M} (Europe/Oslo)" in page
    come_due()
    settings.EMAIL_BACKEND = IN_MEMORY
    assert run_next()
    assert len(mail.outbox) == 1
    assert "This receipt was sent by mail" in client.get(filled.url("receipt/")).content.decode()


def test_a_mail_is_given_up_after_three_days_and_the_receipt_says_so(filled, client_for, server_away):
    client = client_for(filled.focal)
    client.post(filled.url("submit/"))
    Job.objects.update(created_at=timezone.now() - datetime.timedelta(days=3))
    assert run_next()
    page = client.get(filled.url("receipt/")).content.decode()
    assert "The mail server did not take the mail (ConnectionRefusedError)." in page
    assert "was not sent and is not tried again" in page
    assert not run_next()


@pytest.mark.parametrize(
    ("after", "wait"),
    [(0, 1), (1, 1), (2, 2), (8, 8), (59, 59), (600, 60)],
)
def test_the_waits_double_from_a_minute_to_an_hour(filled, server_away, monkeypatch, after, wait):
    record = reports.submit_report(filled.report(), user=filled.focal)
    moment = record.at + after * MINUTE
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert run_next()
    assert Job.objects.get().not_before == moment + wait * MINUTE


def test_a_server_that_hangs_up_in_the_middle_is_asked_again(filled, monkeypatch):
    reports.submit_report(filled.report(), user=filled.focal)

    def hang_up(message):
        raise SMTPServerDisconnected

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", hang_up)
        assert run_next()
    assert Job.objects.get().not_before is not None
    come_due()
    assert run_next()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_others_save_while_a_slow_server_takes_the_mail(filled, monkeypatch):
    """SQLite has one write lock. Another connection writes here while the mail is under way."""
    reports.submit_report(filled.report(), user=filled.focal)
    seen = []

    def slow(message):
        seen.append(connection.in_atomic_block)
        seen.extend(in_threads(1, lambda number: Round.objects.update(version=17)))

    monkeypatch.setattr("django.core.mail.EmailMessage.send", slow)
    assert run_next()
    assert seen == [False, 1]


def test_a_worker_that_lost_the_job_to_another_sends_nothing(filled, monkeypatch):
    """The lease is asked for right before the mail goes out."""
    reports.submit_report(filled.report(), user=filled.focal)
    Job.objects.update(attempts=1)

    def focal_points(ministry_id):
        Job.objects.update(lease_owner="another worker")
        return [filled.focal]

    monkeypatch.setattr("reporting.collection.tasks.focal_points", focal_points)
    assert run_next()
    assert mail.outbox == []
