"""Jobs without a broker: one thread in the serving process claims rows from the table."""

import logging
import threading

from django.db import close_old_connections

from common import jobs
from common.tasks import run_job

logger = logging.getLogger(__name__)
POLL_SECONDS = 1.0


def run_next() -> bool:
    """Run the job that has waited longest through the same task that Celery runs. False when none was due."""
    jobs.take_back_expired()
    job_id = jobs.waiting().values_list("pk", flat=True).first()
    if job_id is None:
        return False
    run_job.apply(args=[job_id], throw=True)
    return True


def _loop() -> None:
    pause = threading.Event()
    while True:
        try:
            close_old_connections()
            busy = run_next()
        except Exception:
            # The database may be away for a moment; whatever it was, the thread must outlive it, or no job would run again.
            logger.exception("the job thread stumbled; it goes on")
            busy = False
        if not busy:
            pause.wait(POLL_SECONDS)


def start() -> threading.Thread:
    """Start the claiming thread. Call it in the serving process only, once."""
    thread = threading.Thread(target=_loop, name="embedded-jobs", daemon=True)
    thread.start()
    return thread
