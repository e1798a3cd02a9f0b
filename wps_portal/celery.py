"""The Celery application: `celery -A wps_portal worker` and `celery -A wps_portal beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wps_portal.settings")
app = Celery("wps_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
