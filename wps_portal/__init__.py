"""The project: settings, URLconf, Celery and gunicorn. No app imports it."""

import os

from wps_portal.celery import app as celery_app

__all__ = ["celery_app"]

# The database, drafts of reports and logs are nobody else's on the machine. It stands here because every way in passes here:
# manage.py, gunicorn, the Celery worker and beat, each with what it starts.
os.umask(0o027)
