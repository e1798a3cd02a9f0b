"""Durable jobs: a row is the truth, the broker only a hint.

A kind of job is a function registered with `@job_handler("kind")`. It is given the subject's id and a function that reports
progress; what it returns (a function, or None) is called inside the transaction that records success, so that an effect and its
record stand or fall together. Raise `JobFailed` with a sentence for the reader to fail for good, or `JobPostponed` when something
outside is away and a later try may succeed.

A job can be begun twice, when a worker dies or loses its lease, but its effect comes once: only the worker that still holds the
lease at the end records success. What a handler writes before that (files, mails) must bear being done again.
"""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import close_old_connections, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from common.enums import JobState
from common.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HAND_OVER_AGAIN_AFTER = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(days=3)
RUN_JOB = "common.tasks.run_job"
# A request waits for the broker one second at most. With the pooled connection and its retries it was six when Redis hung.
HINT_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}

Progress = Callable[[int, str], None]
Finish = Callable[[], None]
Handler = Callable[[int, Progress], Finish | None]
_handlers: dict[str, Handler] = {}


class JobFailed(Exception):
    """The work cannot succeed; the message is shown to the person who asked for it."""


class JobPostponed(Exception):
    """Something outside is away; the work is tried again after `delay`, as often as needed, until it is three days old.

    The reason is shown to the person who asked for it once the job has given up.
    """

    def __init__(self, delay: timedelta, reason: str):
        self.delay = delay
        super().__init__(reason)


class LeaseLost(Exception):
    """Somebody else has taken the job over, or it was cancelled; this worker must stop without effect."""


def job_handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function below as what does jobs of this kind."""

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


def hint(job_id: int) -> bool:
    """Tell the broker, if there is one, and say whether it took the hint. Never raises for a broker that is away or hangs.

    A lost hint is harmless: beat hands over again what was not taken.
    """
    if not settings.REDIS_URL:
        return False
    try:
        with current_app.connection_for_write(transport_options=HINT_OPTIONS) as broker:
            current_app.send_task(RUN_JOB, args=[job_id], connection=broker, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("job %s: the broker did not take the hint (%s)", job_id, type(error).__name__)
        return False
    Job.objects.filter(pk=job_id).update(handed_at=timezone.now())
    return True


def retry(job: Job) -> bool:
    """Queue a failed job again with a fresh count of attempts. False when it is not failed."""
    with transaction.atomic():
        updated = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            **_queued_again(), attempts=0, error="", finished_at=None
        )
        if updated:
            transaction.on_commit(lambda: hint(job.pk), robust=True)
    return bool(updated)


def take_back_expired() -> int:
    """Queue again what a dead worker left behind; fail what has died too often. Returns the number of rows changed."""
    expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=timezone.now())
    if not expired.exists():
        return 0  # Asked every second: an UPDATE, even of nothing, would take SQLite's write lock each time.
    changed = expired.filter(attempts__gte=Job.MAX_ATTEMPTS).update(
        state=JobState.FAILED,
        lease_until=None,
        finished_at=timezone.now(),
        error=_("The worker stopped in the middle of the work, %(count)d times.") % {"count": Job.MAX_ATTEMPTS},
    )
    changed += expired.filter(attempts__lt=Job.MAX_ATTEMPTS).update(**_queued_again())
    return changed


def waiting():
    """The queued jobs whose time has come and that this process can do, the one that has waited longest first.

    So those that are postponed again and again do not stand before what was never tried.
    """
    return Job.objects.due().filter(kind__in=list(_handlers))


def run(job_id: int) -> bool:
    """Claim the job and do it. False when it was not there to be claimed, or not yet: a second call does no harm."""
    job = Job.objects.filter(pk=job_id).first()
    handler = _handlers.get(job.kind) if job is not None else None
    if job is None or handler is None:
        # A worker of another version may know the kind, so the row stays as it is; /readyz tells when nobody takes it.
        logger.warning("job %s: the row is gone, or this process knows no handler for its kind", job_id)
        return False
    owner = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    now = timezone.now()
    claimable = Job.objects.due().filter(pk=job_id)
    claimed = claimable.update(
        state=JobState.RUNNING,
        not_before=None,
        attempts=F("attempts") + 1,
        lease_owner=owner,
        lease_until=now + LEASE,
        started_at=now,
    )
    if not claimed:
        return False
    mine = Job.objects.filter(pk=job_id, state=JobState.RUNNING, lease_owner=owner)

    def progress(percent: int, label: str) -> None:
        percent = min(max(percent, 0), 100)
        if not mine.update(progress=percent, progress_label=label[:200], lease_until=timezone.now() + LEASE):
            raise LeaseLost(job_id)

    with _Heartbeat(job_id, owner):
        try:
            finish = handler(job.subject_id, progress)
            with transaction.atomic():
                done = {"state": JobState.SUCCEEDED, "progress": 100, "lease_until": None}
                if not mine.update(**done, finished_at=timezone.now()):
                    raise LeaseLost(job_id)
                if finish is not None:
                    finish()
        except LeaseLost:
            logger.warning("job %s: taken over by another worker; this one stopped without effect", job_id)
        except JobPostponed as later:
            _postpone(job, mine, later)
        except (KeyboardInterrupt, SystemExit):
            # This process is told to stop. Another one need not wait for the lease to run out.
            mine.update(**_queued_again())
            raise
        except BaseException as error:
            # Not only Exception: a library may stop with a BaseException of its own (WeasyPrint's fatal fetching error),
            # and the row must never say anything but the truth. The traceback goes to the log, the reason to the page.
            mine.update(state=JobState.FAILED, lease_until=None, finished_at=timezone.now(), error=_reason(error))
            logger.error("job %s failed: %s", job_id, type(error).__name__, exc_info=not isinstance(error, JobFailed))
    return True


def _postpone(job: Job, mine: QuerySet[Job], later: JobPostponed) -> None:
    """Queue the job for later, or fail it with the last reason when it has been tried for long enough."""
    now = timezone.now()
    if now - job.created_at >= GIVE_UP_AFTER:
        mine.update(state=JobState.FAILED, lease_until=None, finished_at=now, error=_reason(later))
        logger.error("job %s failed: it was postponed for %s", job.pk, GIVE_UP_AFTER)
        return
    # The attempt is given back: those that are counted are the deaths of a worker in the middle of the work.
    mine.update(**_queued_again(), not_before=now + later.delay, attempts=F("attempts") - 1)
    logger.warning("job %s: postponed by %s", job.pk, later.delay)


def _queued_again() -> dict[str, object]:
    return {
        "state": JobState.QUEUED,
        "lease_until": None,
        "handed_at": None,
        "queued_at": timezone.now(),
        "progress": 0,
        "progress_label": "",
    }


def _reason(error: BaseException) -> str:
    """A sentence for the person who asked. Never empty, and without the one character that PostgreSQL refuses."""
    if isinstance(error, JobFailed | JobPostponed) and str(error).strip():
        return str(error).replace("\x00", "")
    if isinstance(error, SoftTimeLimitExceeded):
        minutes = settings.CELERY_TASK_SOFT_TIME_LIMIT // 60
        return _("The work took longer than %(minutes)d minutes and was stopped.") % {"minutes": minutes}
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
                try:
                    close_old_connections()
                    self._rows.update(lease_until=timezone.now() + LEASE)
                except AnyDatabaseError as error:
                    # Away for a moment, or locked: the next beat may still come in time.
                    logger.warning("job lease not renewed (%s); trying again", type(error).__name__)
        finally:
            connection.close()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exc_info):
        self._stop.set()
        self._thread.join()
