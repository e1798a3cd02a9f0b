"""Durable jobs: a row is the truth, the broker only a hint.

A kind of job is a function registered with `@job_handler("kind")`. It is given the subject's id and a function that reports
progress; what it returns (a function, or None) is called inside the transaction that records success, so that an effect and its
record stand or fall together. Raise `JobFailed` with a sentence for the reader to fail for good.
"""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from common.enums import JobState
from common.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HAND_OVER_AGAIN_AFTER = timedelta(seconds=60)

Progress = Callable[[int, str], None]
Finish = Callable[[], None]
Handler = Callable[[int, Progress], Finish | None]
_handlers: dict[str, Handler] = {}


class JobFailed(Exception):
    """The work cannot succeed; the message is shown to the person who asked for it."""


class LeaseLost(Exception):
    """Somebody else has taken the job over, or it was cancelled; this worker must stop without effect."""


def job_handler(kind: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def enqueue(kind: str, subject_id: int, *, idempotency_key: str) -> Job:
    """Insert the job in the caller's transaction, or return the one that has this key already."""
    if kind not in _handlers:
        raise ValueError(f"no handler is registered for jobs of kind {kind!r}")
    job, created = Job.objects.get_or_create(
        idempotency_key=idempotency_key, defaults={"kind": kind, "subject_id": subject_id}
    )
    if created:
        transaction.on_commit(lambda: hint(job.pk), robust=True)
    return job


def hint(job_id: int) -> None:
    """Tell the broker, if there is one. A failure is harmless: beat hands over again what was not taken."""
    if not settings.REDIS_URL:
        return
    from common.tasks import run_job

    try:
        run_job.apply_async(args=[job_id], retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("job %s: the broker did not take the hint (%s)", job_id, type(error).__name__)
        return
    Job.objects.filter(pk=job_id).update(handed_at=timezone.now())


def retry(job: Job) -> bool:
    """Queue a failed job again with a fresh count of attempts. False when it is not failed."""
    with transaction.atomic():
        updated = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED,
            attempts=0,
            error="",
            progress=0,
            progress_label="",
            finished_at=None,
            handed_at=None,
        )
        if updated:
            transaction.on_commit(lambda: hint(job.pk), robust=True)
    return bool(updated)


def take_back_expired() -> int:
    """Queue again what a dead worker left behind; fail what has died too often. Returns the number of rows changed."""
    expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=timezone.now())
    changed = expired.filter(attempts__gte=Job.MAX_ATTEMPTS).update(
        state=JobState.FAILED,
        lease_until=None,
        finished_at=timezone.now(),
        error=_("The worker stopped in the middle of the work, %(count)d times.") % {"count": Job.MAX_ATTEMPTS},
    )
    changed += expired.filter(attempts__lt=Job.MAX_ATTEMPTS).update(
        state=JobState.QUEUED, lease_until=None, handed_at=None, progress=0, progress_label=""
    )
    return changed


def run(job_id: int) -> bool:
    """Claim the job and do it. False when it was not there to be claimed: a second call does no harm."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).exclude(attempts__gte=Job.MAX_ATTEMPTS)
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.kind not in _handlers:
        return False
    if not claimed.update(
        state=JobState.RUNNING,
        attempts=job.attempts + 1,
        lease_owner=owner,
        lease_until=now + LEASE,
        started_at=now,
    ):
        return False
    mine = Job.objects.filter(pk=job_id, state=JobState.RUNNING, lease_owner=owner)

    def progress(percent: int, label: str) -> None:
        if not mine.update(progress=percent, progress_label=label[:200], lease_until=timezone.now() + LEASE):
            raise LeaseLost(job_id)

    with _Heartbeat(job_id, owner):
        try:
            finish = _handlers[job.kind](job.subject_id, progress)
            with transaction.atomic():
                if not mine.update(
                    state=JobState.SUCCEEDED, progress=100, lease_until=None, finished_at=timezone.now()
                ):
                    raise LeaseLost(job_id)
                if finish is not None:
                    finish()
        except LeaseLost:
            logger.warning("job %s: taken over by another worker; this one stopped without effect", job_id)
        except Exception as error:
            # The row must never say anything but the truth; the traceback goes to the log, the reason to the page.
            reason = str(error) if isinstance(error, JobFailed) else _unexpected(error)
            mine.update(state=JobState.FAILED, lease_until=None, finished_at=timezone.now(), error=reason)
            logger.error("job %s failed: %s", job_id, type(error).__name__, exc_info=not isinstance(error, JobFailed))
    return True


def _unexpected(error: Exception) -> str:
    return _("An unexpected error stopped the work (%(kind)s). The details are in the server's log.") % {
        "kind": type(error).__name__
    }


class _Heartbeat:
    """Renews the lease from a thread of its own while the handler is deep in a library."""

    def __init__(self, job_id: int, owner: str):
        self._rows = Job.objects.filter(pk=job_id, state=JobState.RUNNING, lease_owner=owner)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job_id}-lease", daemon=True)

    def _beat(self) -> None:
        try:
            while not self._stop.wait(LEASE.total_seconds() / 3):
                close_old_connections()
                self._rows.update(lease_until=timezone.now() + LEASE)
        finally:
            connection.close()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exc_info):
        self._stop.set()
        self._thread.join()
