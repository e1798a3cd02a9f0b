"""Jobs that wait for something outside: tried again later, as often as needed, and given up after three days."""

import datetime

import pytest
from django.utils import timezone

from common import embedded, jobs, tasks
from common.enums import JobState
from common.jobs import JobPostponed
from common.models import Job
from tests.common.conftest import effect_count, leave_effect
from tests.factories.common import JobFactory

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def server(kinds):
    """The kind `tests.outside`, whose server is away until the list is given a word."""
    answers = []

    def handler(subject_id, progress):
        if not answers:
            raise JobPostponed(MINUTE, "The server is away.")
        return lambda: leave_effect(subject_id)

    kinds("tests.outside", handler)
    return answers


def postponed(subject_id=7) -> Job:
    job = jobs.enqueue("tests.outside", subject_id, idempotency_key=f"outside {subject_id}")
    assert jobs.run(job.pk)
    job.refresh_from_db()
    return job


def let_time_pass(job, by=MINUTE):
    Job.objects.filter(pk=job.pk).update(not_before=job.not_before - by)


def test_what_is_postponed_waits_for_its_moment_and_is_then_done(server):
    before = timezone.now()
    job = postponed()
    assert (job.state, job.error, job.lease_until, job.progress) == (JobState.QUEUED, "", None, 0)
    assert before + MINUTE <= job.not_before <= timezone.now() + MINUTE
    server.append("back")
    assert not jobs.run(job.pk)
    assert not embedded.run_next()
    let_time_pass(job)
    assert embedded.run_next()
    job.refresh_from_db()
    assert (job.state, job.not_before, effect_count(7)) == (JobState.SUCCEEDED, None, 1)


def test_waiting_uses_up_no_attempt(server):
    job = postponed()
    for _ in range(2 * Job.MAX_ATTEMPTS):
        let_time_pass(job)
        assert jobs.run(job.pk)
        job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_a_death_in_the_middle_still_counts(server):
    job = JobFactory(kind="tests.outside", attempts=2)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 2)


@pytest.mark.parametrize(("age", "state"), [(-MINUTE, JobState.QUEUED), (MINUTE, JobState.FAILED)])
def test_it_is_given_up_after_three_days_with_the_last_reason(server, age, state):
    job = jobs.enqueue("tests.outside", 7, idempotency_key="a")
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - datetime.timedelta(days=3) - age)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == state
    if state == JobState.FAILED:
        assert (job.error, job.not_before, job.lease_until) == ("The server is away.", None, None)
        assert job.finished_at is not None


def test_what_was_never_tried_does_not_stand_behind_what_is_tried_again_and_again(server, effects):
    first = postponed()
    jobs.enqueue("tests.effect", 8, idempotency_key="new")
    Job.objects.filter(pk=first.pk).update(not_before=timezone.now())
    assert embedded.run_next()
    assert effects == [8]


def test_what_is_not_due_is_not_handed_over(server, monkeypatch):
    job = postponed()
    handed = []
    monkeypatch.setattr(jobs, "hint", lambda job_id: handed.append(job_id) or True)
    assert tasks.hand_over_jobs() == 0
    let_time_pass(job)
    assert tasks.hand_over_jobs() == 1
    assert handed == [job.pk]


def test_the_wait_for_a_worker_is_counted_from_the_moment_that_it_waits_for(server, client, settings):
    settings.REDIS_URL = ""
    job = postponed()
    Job.objects.update(queued_at=timezone.now() - datetime.timedelta(days=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["oldest_queued_job_seconds"]) == (200, 0)
    let_time_pass(job, by=MINUTE + datetime.timedelta(seconds=10))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert 10 <= answer.json()["oldest_queued_job_seconds"] < 60
    let_time_pass(job, by=datetime.timedelta(minutes=10))
    assert client.get("/readyz").status_code == 503
