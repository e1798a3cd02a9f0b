"""The project: settings, URLconf, Celery and gunicorn. No app imports it."""

from wps_portal.celery import app as celery_app

__all__ = ["celery_app"]
