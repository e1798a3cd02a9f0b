"""A real Celery worker and a real Redis: killed in the middle, forgotten by the broker, done once all the same."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from common import jobs, tasks
from common.enums import JobState
from common.models import Job
from tests.common import redis_server
from tests.common.conftest import effect_count

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 60
pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def database_url() -> str:
    """The test database, as another process is told of it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgres://{database['USER']}{password}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


@pytest.fixture
def prefix(monkeypatch, settings, kinds):
    reason = redis_server.why_unreachable()
    if reason:
        pytest.skip(reason)
    own = redis_server.new_prefix()
    settings.REDIS_URL = redis_server.broker_url()
    monkeypatch.setitem(current_app.conf, "broker_url", settings.REDIS_URL)
    options = {**current_app.conf.broker_transport_options, "global_keyprefix": own}
    monkeypatch.setitem(current_app.conf, "broker_transport_options", options)
    kinds("tests.worker", lambda subject_id, progress: pytest.fail("the worker does this, not the test"))
    yield own
    redis_server.flush(own)


@pytest.fixture
def start_worker(prefix, tmp_path):
    """A function that starts a worker in a process group of its own; all are killed at the end."""
    started = []
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis_server.broker_url(),
        "SECRET_KEY": "for the worker of the tests",
        "PORTAL_VAR": str(settings.PORTAL_VAR),
        "TEST_KEY_PREFIX": prefix,
        "TEST_BOARD": str(tmp_path),
    }
    command = [sys.executable, "-m", "celery", "-A", "tests.common.worker_app", "worker", "--concurrency", "1"]

    def start():
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        worker = subprocess.Popen(
            [*command, "--hostname", f"{len(started)}@%h", "--without-gossip", "--without-mingle"],
            cwd=REPOSITORY,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker):
    """kill -9 of the worker and its children."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def wait_until(condition, board, beat=False):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            logs = "\n".join(path.read_text()[-3000:] for path in sorted(board.glob("worker-*.log")))
            pytest.fail(f"waited {PATIENCE} seconds\n{list(Job.objects.values())}\n{logs}")
        if beat:
            tasks.hand_over_jobs()
        time.sleep(0.1)


def begun(board, subject_id) -> int:
    return len(list(board.glob(f"{subject_id}.begun.*")))


def all_done() -> bool:
    return not Job.objects.exclude(state=JobState.SUCCEEDED).exists()


def test_a_worker_killed_in_the_middle_loses_nothing_and_does_nothing_twice(start_worker, tmp_path):
    victim = start_worker()
    wanted = [jobs.enqueue("tests.worker", number, idempotency_key=f"job {number}") for number in range(1, 5)]
    wait_until(lambda: begun(tmp_path, 1), tmp_path)
    kill(victim)
    assert Job.objects.get(pk=wanted[0].pk).state == JobState.RUNNING
    start_worker()
    (tmp_path / "go").touch()
    wait_until(all_done, tmp_path, beat=True)
    assert [effect_count(number) for number in range(1, 5)] == [1, 1, 1, 1]
    first = Job.objects.get(pk=wanted[0].pk)
    assert (first.attempts, begun(tmp_path, 1)) == (2, 2)


def test_a_broker_that_forgot_everything_loses_nothing(start_worker, prefix, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "HAND_OVER_AGAIN_AFTER", jobs.HAND_OVER_AGAIN_AFTER * 0)
    (tmp_path / "go").touch()
    for number in (1, 2, 3):
        jobs.enqueue("tests.worker", number, idempotency_key=f"job {number}")
    assert redis_server.flush(prefix) > 0
    start_worker()
    wait_until(all_done, tmp_path, beat=True)
    assert [effect_count(number) for number in (1, 2, 3)] == [1, 1, 1]


def test_two_workers_and_every_hint_three_times(start_worker, tmp_path):
    (tmp_path / "go").touch()
    wanted = [jobs.enqueue("tests.worker", number, idempotency_key=f"job {number}") for number in range(1, 6)]
    for job in wanted * 2:
        jobs.hint(job.pk)
    start_worker()
    start_worker()
    wait_until(all_done, tmp_path)
    assert [effect_count(number) for number in range(1, 6)] == [1] * 5
