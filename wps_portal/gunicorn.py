"""gunicorn's configuration. Without a broker each serving process also claims and runs jobs in one thread."""

import os
import tempfile
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
# The heartbeat file belongs in memory: on a busy disk a late write gets a healthy worker killed.
# gunicorn makes it with mkstemp, so nobody can lay another file in its place.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()  # nosec B108
accesslog = None
max_requests = 0
# No control socket in the home directory: nothing is written outside PORTAL_VAR.
control_socket_disable = True


def post_worker_init(worker):
    from django.conf import settings

    if not settings.REDIS_URL:
        from common.embedded import start

        start()
