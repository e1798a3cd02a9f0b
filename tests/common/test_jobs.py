"""Durable jobs: claimed once, effect once, nothing lost."""

import datetime
import threading

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, transaction
from django.utils import timezone

from common import embedded, jobs
from common.enums import JobState
from common.jobs import JobFailed, LeaseLost
from common.models import Job
from tests.common.conftest import effect_count, leave_effect
from tests.common.threads import in_threads
from tests.factories.common import JobFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.timedelta(minutes=10)


def lose_lease(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - LONG_AGO)


def test_a_job_is_done(effects):
    job = jobs.enqueue("tests.effect", 7, idempotency_key="a")
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress, job.attempts, job.lease_until) == (JobState.SUCCEEDED, 100, 1, None)
    assert job.finished_at is not None
    assert job.is_finished
    assert (effects, effect_count(7)) == ([7], 1)


def test_a_second_run_does_nothing(effects):
    job = jobs.enqueue("tests.effect", 7, idempotency_key="a")
    assert jobs.run(job.pk)
    assert not jobs.run(job.pk)
    assert effect_count(7) == 1


def test_the_same_key_gives_the_same_job(effects):
    first = jobs.enqueue("tests.effect", 7, idempotency_key="a")
    assert jobs.enqueue("tests.effect", 7, idempotency_key="a") == first
    assert Job.objects.count() == 1


def test_an_unknown_kind_cannot_be_enqueued():
    with pytest.raises(ValueError, match=r"tests\.nothing"):
        jobs.enqueue("tests.nothing", 1, idempotency_key="a")


@pytest.mark.django_db(transaction=True)
def test_a_job_stands_or_falls_with_the_transaction_that_wants_it(effects, monkeypatch):
    hinted = []
    monkeypatch.setattr(jobs, "hint", hinted.append)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("tests.effect", 1, idempotency_key="rolled back")
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert hinted == []
    with transaction.atomic():
        job = jobs.enqueue("tests.effect", 1, idempotency_key="kept")
        assert hinted == []
    assert hinted == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_the_claim_is_exclusive(effects):
    """Ten workers get the same hint at the same moment."""
    job = jobs.enqueue("tests.effect", 7, idempotency_key="a")
    answers = in_threads(10, lambda number: jobs.run(job.pk))
    assert sorted(answers) == [False] * 9 + [True]
    assert (effects, effect_count(7)) == ([7], 1)
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_job_enqueued_at_once_is_one(effects):
    given = in_threads(10, lambda number: jobs.enqueue("tests.effect", 7, idempotency_key="a"))
    assert given == [Job.objects.get()] * 10


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (JobFailed("The map has no coast."), "The map has no coast."),
        (JobFailed("A NUL \x00 here."), "A NUL  here."),
        (JobFailed(""), "An unexpected error stopped the work (JobFailed)."),
        (ZeroDivisionError("secret detail"), "An unexpected error stopped the work (ZeroDivisionError)."),
        (SoftTimeLimitExceeded(), "The work took longer than 10 minutes and was stopped."),
        (BaseException("a library's own"), "An unexpected error stopped the work (BaseException)."),
    ],
)
def test_a_failure_has_its_reason(kinds, error, reason):
    def handler(subject_id, progress):
        raise error

    kinds("tests.failing", handler)
    job = jobs.enqueue("tests.failing", 1, idempotency_key="a")
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease_until) == (JobState.FAILED, None)
    assert job.error.startswith(reason)
    assert "secret detail" not in job.error


def test_effect_and_success_are_one_transaction(kinds):
    def finish():
        leave_effect(7)
        raise JobFailed("The second half of the effect failed.")

    kinds("tests.half", lambda subject_id, progress: finish)
    job = jobs.enqueue("tests.half", 7, idempotency_key="a")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "The second half of the effect failed.")
    assert effect_count(7) == 0


def test_a_worker_that_lost_its_lease_leaves_no_effect(kinds):
    """It was slow, another took the job over and finished; then the slow one comes to its end."""

    def handler(subject_id, progress):
        lose_lease(job)
        assert jobs.take_back_expired() == 1
        kinds("tests.slow", lambda subject_id, progress: lambda: leave_effect(subject_id))
        assert jobs.run(job.pk)
        return lambda: leave_effect(subject_id)

    kinds("tests.slow", handler)
    job = jobs.enqueue("tests.slow", 7, idempotency_key="a")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, effect_count(7)) == (JobState.SUCCEEDED, 2, 1)


def test_a_worker_that_lost_its_lease_hears_it_when_it_reports_progress(kinds):
    heard = []

    def handler(subject_id, progress):
        lose_lease(job)
        jobs.take_back_expired()
        try:
            progress(50, "half way")
        except LeaseLost:
            heard.append(True)
            raise

    kinds("tests.slow", handler)
    job = jobs.enqueue("tests.slow", 7, idempotency_key="a")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert heard == [True]
    assert (job.state, job.error) == (JobState.QUEUED, "")


def test_an_expired_lease_is_taken_up_again(effects):
    job = JobFactory(running=True, subject_id=7, progress=40, progress_label="page 3")
    assert jobs.take_back_expired() == 0
    lose_lease(job)
    assert jobs.take_back_expired() == 1
    job.refresh_from_db()
    assert (job.state, job.progress, job.progress_label) == (JobState.QUEUED, 0, "")
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, effect_count(7)) == (JobState.SUCCEEDED, 2, 1)


def test_a_job_that_kills_its_workers_fails_with_that_reason(effects):
    job = JobFactory(running=True, attempts=Job.MAX_ATTEMPTS)
    lose_lease(job)
    assert jobs.take_back_expired() == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "The worker stopped in the middle of the work, 3 times."
    assert not jobs.run(job.pk)


def test_a_worker_told_to_stop_gives_the_job_back(kinds):
    def handler(subject_id, progress):
        raise SystemExit

    kinds("tests.stopped", handler)
    job = jobs.enqueue("tests.stopped", 7, idempotency_key="a")
    with pytest.raises(SystemExit):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease_until, job.attempts) == (JobState.QUEUED, None, 1)


def test_a_retry_starts_from_nothing(effects):
    job = JobFactory(failed=True, subject_id=7, attempts=3, progress=70, created_at=timezone.now() - LONG_AGO)
    assert jobs.retry(job)
    assert not jobs.retry(job)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.progress) == (JobState.QUEUED, 0, "", 0)
    assert timezone.now() - job.queued_at < LONG_AGO
    assert jobs.run(job.pk)
    assert effect_count(7) == 1


@pytest.mark.parametrize("trait", ["running", "succeeded"])
def test_only_a_failed_job_is_retried(trait):
    assert not jobs.retry(JobFactory(**{trait: True}))


def test_progress_is_kept_within_its_bounds(kinds):
    seen = []

    def handler(subject_id, progress):
        for percent in (-5, 250):
            progress(percent, "x" * 500)
            seen.append(Job.objects.get().progress)

    kinds("tests.eager", handler)
    jobs.run(jobs.enqueue("tests.eager", 1, idempotency_key="a").pk)
    assert seen == [0, 100]
    assert Job.objects.get().state == JobState.SUCCEEDED


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_handler_is_deep_in_a_library(kinds, monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", datetime.timedelta(seconds=0.6))
    leases = []

    def handler(subject_id, progress):
        leases.append(Job.objects.get().lease_until)
        threading.Event().wait(1)
        leases.append(Job.objects.get().lease_until)

    kinds("tests.deep", handler)
    jobs.run(jobs.enqueue("tests.deep", 1, idempotency_key="a").pk)
    assert leases[1] > leases[0]
    assert Job.objects.get().state == JobState.SUCCEEDED


@pytest.mark.django_db(transaction=True)
def test_the_renewal_outlives_a_database_that_is_away_for_a_moment(kinds, monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", datetime.timedelta(seconds=0.3))
    calls = []

    def failing_once():
        calls.append(True)
        if len(calls) == 1:
            raise DatabaseError("away")

    monkeypatch.setattr(jobs, "close_old_connections", failing_once)
    kinds("tests.deep", lambda subject_id, progress: print(threading.Event().wait(0.5)))
    jobs.run(jobs.enqueue("tests.deep", 1, idempotency_key="a").pk)
    assert len(calls) > 1
    assert Job.objects.get().state == JobState.SUCCEEDED


def test_the_thread_does_the_oldest_first_and_then_rests(effects):
    for number in (1, 2, 3):
        jobs.enqueue("tests.effect", number, idempotency_key=str(number))
    assert [embedded.run_next() for _ in range(4)] == [True, True, True, False]
    assert effects == [1, 2, 3]


def test_the_thread_is_not_held_up_by_a_kind_that_it_does_not_know(effects):
    stranger = JobFactory(kind="tests.of_another_version")
    jobs.enqueue("tests.effect", 7, idempotency_key="a")
    assert not jobs.run(stranger.pk)
    assert [embedded.run_next() for _ in range(2)] == [True, False]
    assert effects == [7]
    stranger.refresh_from_db()
    assert stranger.state == JobState.QUEUED


def test_the_thread_takes_up_what_a_killed_process_left(effects):
    lose_lease(JobFactory(running=True, subject_id=7))
    assert embedded.run_next()
    assert effect_count(7) == 1


class Enough(BaseException):
    """Ends the endless loop in a test."""


def test_the_thread_outlives_any_error(monkeypatch):
    rounds = []

    def stumble():
        rounds.append(True)
        raise DatabaseError("away") if len(rounds) < 3 else Enough

    monkeypatch.setattr(embedded, "run_next", stumble)
    monkeypatch.setattr(embedded, "close_old_connections", lambda: None)
    monkeypatch.setattr(embedded, "POLL_SECONDS", 0)
    with pytest.raises(Enough):
        embedded._loop()
    assert len(rounds) == 3
