"""Jobs without a broker: one thread in the serving process claims rows from the table."""

import logging
import threading

from django.db import DatabaseError, close_old_connections

from common import jobs
from common.enums import JobState
from common.models import Job

logger = logging.getLogger(__name__)
POLL_SECONDS = 1.0


def run_next() -> bool:
    """Run the oldest queued job through the same task that Celery runs. False when none was waiting."""
    from common.tasks import run_job

    jobs.take_back_expired()
    job_id = Job.objects.filter(state=JobState.QUEUED).order_by("pk").values_list("pk", flat=True).first()
    if job_id is None:
        return False
    run_job.apply(args=[job_id], throw=True)
    return True


def _loop() -> None:
    pause = threading.Event()
    while True:
        close_old_connections()
        try:
            busy = run_next()
        except DatabaseError:
            # The database may be away for a moment; the thread must outlive that, or no job would ever run again.
            logger.exception("the job thread could not reach the database; it tries again")
            busy = False
        if not busy:
            pause.wait(POLL_SECONDS)


def start() -> threading.Thread:
    """Start the claiming thread. Call it in the serving process only, once."""
    thread = threading.Thread(target=_loop, name="embedded-jobs", daemon=True)
    thread.start()
    return thread
