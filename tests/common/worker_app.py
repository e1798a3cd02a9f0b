"""What `celery -A tests.common.worker_app worker` starts: the portal's own worker, with two kinds of job for the tests.

Leases are short here, so that a test can wait until one runs out.
"""

import datetime
import os
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wps_portal.settings")
django.setup()

from common import jobs  # noqa: E402 - models can be imported only after the line above
from common.models import TransitionRecord  # noqa: E402
from wps_portal.celery import app  # noqa: E402

jobs.LEASE = datetime.timedelta(seconds=2)
app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "global_keyprefix": os.environ["TEST_KEY_PREFIX"],
}
BOARD = Path(os.environ["TEST_BOARD"])  # A directory in which worker and test leave each other files.


@jobs.job_handler("tests.worker")
def work(subject_id, progress):
    """Notes that it has begun, waits until the test lets it go, leaves its effect."""
    (BOARD / f"{subject_id}.begun.{os.getpid()}").touch()
    while not (BOARD / "go").exists():
        progress(10, "waiting to be let go")
        time.sleep(0.05)

    def finish():
        TransitionRecord.objects.create(
            workflow="tests.effect", subject_id=subject_id, name="done", from_state="", to_state=""
        )

    return finish
