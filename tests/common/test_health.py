"""/healthz, /readyz, the headers of every answer, and the pages that say what went wrong."""

import datetime

import pytest
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common import views
from common.middleware import PERMISSIONS_POLICY, ResponseHeadersMiddleware
from common.models import Job
from tests.common import redis_server
from tests.factories.collection import person
from tests.factories.common import JobFactory

LONG = datetime.timedelta(seconds=views.OLDEST_WAIT_SECONDS + 5)


@pytest.fixture(autouse=True)
def without_broker(settings):
    settings.REDIS_URL = ""


def ready(client):
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_alive_asks_nobody(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_read_only(client, db, path):
    assert client.post(path).status_code == 405


def test_ready(client, db):
    assert ready(client) == (
        200,
        {"database": "ok", "broker": "ok", "worker": "ok", "oldest_queued_job_seconds": 0},
    )


def test_a_job_that_waits_too_long_is_told(client, db):
    JobFactory(queued_at=timezone.now() - LONG)
    status, body = ready(client)
    assert (status, body["worker"], body["database"]) == (503, "failed", "ok")
    assert body["oldest_queued_job_seconds"] >= LONG.total_seconds()


def test_a_job_whose_worker_died_is_told(client, db):
    job = JobFactory(running=True)
    assert ready(client)[0] == 200
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - LONG)
    assert ready(client)[0] == 503


def test_an_old_job_that_is_tried_again_has_not_waited(client, db):
    JobFactory(created_at=timezone.now() - LONG)
    JobFactory(succeeded=True, queued_at=timezone.now() - LONG)
    assert ready(client)[0] == 200


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_a_database_that_is_away_is_told(client, db, monkeypatch, error):
    def fail(*args, **kwargs):
        raise error("away")

    monkeypatch.setattr(Job.objects, "aggregate", fail)
    status, body = ready(client)
    assert (status, body["database"], body["worker"], body["broker"]) == (503, "failed", "failed", "ok")
    assert body["oldest_queued_job_seconds"] is None


def test_a_broker_that_hangs_is_told(client, db, settings):
    with redis_server.silent_server() as url:
        settings.REDIS_URL = url
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": url,
                "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
            }
        }
        status, body = ready(client)
    assert (status, body["broker"], body["database"]) == (503, "failed", "ok")


def test_headers(client, db):
    response = client.get("/healthz")
    assert response.headers["Permissions-Policy"] == PERMISSIONS_POLICY
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_nothing_personal_is_kept_by_a_cache(client_for, client, db):
    assert client_for(person()).get("/nowhere/").headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/nowhere/").headers.get("Cache-Control", "")


def test_a_session_that_nobody_looked_into_is_not_opened(rf, db, django_assert_num_queries):
    class Untouched:
        accessed = False

    request = rf.get("/")
    request.session = Untouched()
    middleware = ResponseHeadersMiddleware(lambda request: HttpResponse("for everybody"))
    with django_assert_num_queries(0):
        assert "Cache-Control" not in middleware(request).headers


def test_the_page_of_a_failure_needs_no_database(db, rf, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("away")

    request = rf.get("/")
    request.user = person()
    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", fail)
        response = views.server_error(request)
    assert response.status_code == 500
    assert b"Something went wrong here" in response.content


def test_a_failure_reaches_the_reader_as_a_page_and_never_a_cache(client_for, db, monkeypatch):
    browser = client_for(person())
    browser.raise_request_exception = False

    def fail(*args, **kwargs):
        raise RuntimeError("a detail that stays inside")

    monkeypatch.setattr("common.views.HttpResponse", fail)
    response = browser.get("/healthz")
    assert response.status_code == 500
    assert response.headers["Cache-Control"] == "no-store"
    assert b"a detail that stays inside" not in response.content


@pytest.mark.django_db
def test_a_wrong_host_is_refused(client):
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


def test_a_form_without_its_token_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post("/healthz")
    assert response.status_code == 403
    assert b"The form was open too long" in response.content
