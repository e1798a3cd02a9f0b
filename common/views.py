"""Health and the pages that say what went wrong."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error as AnyDatabaseError
from django.db.models import Min, Q
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from common.enums import JobState
from common.http import page_of_form
from common.models import DUE_SINCE, Job

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
    waited = _oldest_wait()
    checks = {
        "database": waited is not None,
        "broker": _broker(),
        "worker": waited is not None and waited < OLDEST_WAIT_SECONDS,
    }
    body = {name: "ok" if passed else "failed" for name, passed in checks.items()}
    return JsonResponse({**body, "oldest_queued_job_seconds": waited}, status=200 if all(checks.values()) else 503)


def _oldest_wait() -> int | None:
    """For how many seconds the oldest job has waited for a worker, one that lost its worker included. None: no database.

    A postponed job waits for its moment, not for a worker, until that moment has come.
    """
    now = timezone.now()
    try:
        since = Job.objects.aggregate(
            queued=Min(DUE_SINCE, filter=Q(state=JobState.QUEUED)),
            abandoned=Min("lease_until", filter=Q(state=JobState.RUNNING, lease_until__lt=now)),
        )
    except AnyDatabaseError:
        return None
    return max([0, *(int((now - moment).total_seconds()) for moment in since.values() if moment)])


def _broker() -> bool:
    if not settings.REDIS_URL:
        return True
    try:
        cache.get("readyz")
    except (RedisError, OSError):
        return False
    return True


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    """Without the request: its context would ask the database, which may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))


def csrf_failure(request, reason=""):
    """A form whose token is missing or too old. The page says how to keep what was typed."""
    return render(request, "403.html", {"stale_form": True, "form_page": page_of_form(request)}, status=403)
