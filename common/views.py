"""Health and the pages that say what went wrong."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from common.enums import JobState
from common.models import Job

OLDEST_WAIT_SECONDS = 300


@login_not_required
@never_cache
@require_safe
def alive(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request):
    """200 when database and broker answer and no job has waited longer than five minutes; else 503, naming which."""
    checks = {"database": _database(), "broker": _broker()}
    waited = _oldest_wait() if checks["database"] else None
    checks["worker"] = waited is not None and waited < OLDEST_WAIT_SECONDS
    body = {name: "ok" if passed else "failed" for name, passed in checks.items()}
    return JsonResponse({**body, "oldest_queued_job_seconds": waited}, status=200 if all(checks.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker() -> bool:
    if not settings.REDIS_URL:
        return True
    try:
        cache.get("readyz")
    except (RedisError, OSError):
        return False
    return True


def _oldest_wait() -> int:
    oldest = Job.objects.filter(state=JobState.QUEUED).aggregate(oldest=Min("created_at"))["oldest"]
    return 0 if oldest is None else int((timezone.now() - oldest).total_seconds())


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    """A form whose token is missing or too old. The page says how to keep what was typed."""
    return render(request, "403.html", {"stale_form": True}, status=403)
