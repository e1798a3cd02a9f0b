"""What Celery runs. A task takes an id and calls one service; the job row decides whether there is anything to do."""

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from common import jobs
from common.models import Job


@shared_task(name=jobs.RUN_JOB)
def run_job(job_id: int) -> None:
    """Do the job if it is still there to be done."""
    jobs.run(job_id)


@shared_task(name="common.tasks.hand_over_jobs", expires=30)
def hand_over_jobs() -> int:
    """Take back what dead workers hold, and hand to the broker every row that is due and that it may have lost, however old.

    Returns how many rows the broker took.
    """
    jobs.take_back_expired()
    stale = timezone.now() - jobs.HAND_OVER_AGAIN_AFTER
    waiting = Job.objects.due().filter(Q(handed_at=None) | Q(handed_at__lt=stale))
    handed = 0
    for job_id in waiting.values_list("pk", flat=True)[:100]:
        if not jobs.hint(job_id):
            break  # The broker is away: each further row would cost a second, and the next round comes soon.
        handed += 1
    return handed
