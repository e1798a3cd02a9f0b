"""The broker carries hints. It may be away, hang or forget: nothing is lost and nobody waits."""

import datetime
import socket
import time

import pytest
from celery import current_app
from django.utils import timezone

from common import jobs, tasks
from common.models import Job
from tests.common import redis_server
from tests.factories.common import JobFactory


@pytest.fixture
def broker(settings, monkeypatch):
    """A function that points the portal at a broker."""

    def point(url):
        settings.REDIS_URL = url
        monkeypatch.setitem(current_app.conf, "broker_url", url)

    return point


@pytest.fixture
def real_broker(broker, monkeypatch):
    """The real Redis, under a prefix of this test's own."""
    reason = redis_server.why_unreachable()
    if reason:
        pytest.skip(reason)
    broker(redis_server.broker_url())
    prefix = redis_server.new_prefix()
    options = {**current_app.conf.broker_transport_options, "global_keyprefix": prefix}
    monkeypatch.setitem(current_app.conf, "broker_transport_options", options)
    yield prefix
    redis_server.flush(prefix)


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


def waiting_in(prefix) -> int:
    return redis_server.client().llen(f"{prefix}celery")


def test_without_a_broker_there_is_no_hint(db, broker):
    broker("")
    job = JobFactory()
    assert not jobs.hint(job.pk)
    job.refresh_from_db()
    assert job.handed_at is None


def test_a_broker_that_is_down_costs_nothing(db, broker, closed_port):
    broker(closed_port)
    job = JobFactory()
    start = time.monotonic()
    assert not jobs.hint(job.pk)
    assert time.monotonic() - start < 0.5
    job.refresh_from_db()
    assert job.handed_at is None


def test_a_broker_that_hangs_costs_less_than_two_seconds_and_a_half(db, broker):
    with redis_server.silent_server() as url:
        broker(url)
        start = time.monotonic()
        assert not jobs.hint(JobFactory().pk)
        assert time.monotonic() - start < 2.5


@pytest.mark.django_db(transaction=True)
def test_what_is_wanted_while_the_broker_hangs_is_kept(broker, effects):
    with redis_server.silent_server() as url:
        broker(url)
        start = time.monotonic()
        job = jobs.enqueue("tests.effect", 7, idempotency_key="a")
        assert time.monotonic() - start < 2.5
    assert jobs.run(job.pk)


def test_handing_over_stops_at_the_first_refusal(db, broker, closed_port, monkeypatch):
    """A hundred rows at a second each would hold the worker for two minutes."""
    broker(closed_port)
    asked = []
    monkeypatch.setattr(jobs, "hint", lambda job_id: asked.append(job_id))
    JobFactory.create_batch(5)
    assert tasks.hand_over_jobs() == 0
    assert len(asked) == 1


@pytest.mark.broker
def test_a_hint_reaches_the_queue(db, real_broker):
    job = JobFactory()
    assert jobs.hint(job.pk)
    assert waiting_in(real_broker) == 1
    job.refresh_from_db()
    assert job.handed_at is not None


@pytest.mark.broker
def test_rows_are_handed_over_again_however_old(db, real_broker):
    """After the broker forgot everything: the never handed, the handed long ago, the handed a year ago; not the fresh."""
    now = timezone.now()
    JobFactory()
    JobFactory(handed_at=now - datetime.timedelta(minutes=2))
    JobFactory(handed_at=now - datetime.timedelta(days=365), created_at=now - datetime.timedelta(days=365))
    JobFactory(handed_at=now)
    JobFactory(running=True)
    JobFactory(succeeded=True)
    expired = JobFactory(running=True)
    Job.objects.filter(pk=expired.pk).update(lease_until=now - datetime.timedelta(seconds=1))
    assert tasks.hand_over_jobs() == 4
    assert waiting_in(real_broker) == 4
    assert tasks.hand_over_jobs() == 0
