"""Every route × method × person × state answers as the table says, and the table knows every route."""

import logging

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import Engine
from django.urls import reverse

from accounts.middleware import WITHOUT_SECOND_FACTOR
from priority_countries.models import Country
from tests.permissions.notation import LOGIN, Case, read
from tests.permissions.posts import data_for
from tests.permissions.table import ADMINISTRATION, PORTAL
from tests.permissions.walker import Route, routes
from tests.permissions.world import World, make_world
from wps_portal import urls

ROUTES = routes()
CASES = read(PORTAL) | read(ADMINISTRATION)
# Django's administration sends to its own, which passes on to the portal's: the table says so of admin:login.
LOGIN_PAGES = ("/accounts/login/", "/admin/login/")
# An address that says nothing without one.
QUERIES = {"admin:autocomplete": "?app_label=accounts&model_name=membership&field_name=user"}
ASKED_OF_EACH_MODEL = {
    "anonymous",
    "deactivated",
    "focal",
    "leaver",
    "editor",
    "publisher",
    "administrator",
    "auditor",
}
# Sessions are renewed while they are used; nothing else is written by reading.
MAY_BE_WRITTEN_BY_GET = "django_session"

pytestmark = pytest.mark.django_db
# One world per area, so that processes can share the work.
AREAS = ("collection", "synthesis", "publication", "admin", "")


@pytest.fixture
def world(settings, tmp_path, caplog, monkeypatch) -> World:
    """Without the second factor, which has a test of its own, and without the limits on guessing."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.PORTAL_VAR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_REQUIRED = False
    settings.ACCOUNT_RATE_LIMITS = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    # Most answers are a refusal, and how its page looks is not asked here.
    monkeypatch.setattr(urls, "handler403", lambda request, exception: HttpResponse(status=403))
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404))
    # As in production: what a template asks for in vain is empty. Elsewhere in the tests it fails.
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "")
    return make_world()


def ask(world: World, route: Route, case: Case) -> str:
    """The answer in the table's words. Whatever the request wrote is rolled back; a GET must have written nothing."""
    writes: list[str] = []

    def watch(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and MAY_BE_WRITTEN_BY_GET not in sql:
            writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        response = send(world, route, case)
    return f"wrote: {writes[0]}" if case.method == "GET" and writes else answer_of(response)


def send(world: World, route: Route, case: Case) -> HttpResponse:
    address = route.address(world.values[case.state] | {"object_id": first_of(route)}) + QUERIES.get(route.name, "")
    request = getattr(world.people[case.person].browser(), case.method.lower())
    with transaction.atomic():
        response = request(address, data_for(case, world)) if case.method == "POST" else request(address)
        transaction.set_rollback(True)
    return response


def first_of(route: Route) -> int:
    """A row for an address of the administration."""
    row = route.model._default_manager.order_by("pk").first() if route.model else None
    return row.pk if row else 0


def answer_of(response) -> str:
    if response.status_code in (301, 302, 303):
        return LOGIN if response.url.partition("?")[0] in LOGIN_PAGES else "302"
    if response.status_code == 500:
        return f"500: {response.exc_info[1]!r}"
    return str(response.status_code)


def cases_of(route: Route) -> list[Case]:
    """By the route's own name, else by its kind."""
    return CASES.get(route.name) or CASES.get(route.line, [])


def test_every_route_is_in_the_table():
    assert sorted({route.line for route in ROUTES if not cases_of(route)}) == []


def test_every_line_of_the_table_has_a_route():
    assert sorted(CASES.keys() - {route.line for route in ROUTES} - {route.name for route in ROUTES}) == []


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area or "everything else")
def test_answers(world, area):
    wrong = [
        f"{case}, answered {answer}"
        for route in ROUTES
        if area_of(route) == area
        for case in to_be_asked(route)
        if (answer := ask(world, route, case)) != case.answer
    ]
    assert not wrong, "\n".join(["", *sorted(wrong)])


def area_of(route: Route) -> str:
    namespace = route.pattern.partition("/")[0] if route.in_admin else route.name.partition(":")[0]
    return namespace if namespace in AREAS else ""


def to_be_asked(route: Route) -> list[Case]:
    """Every case. In the administration, where one wrapper refuses, the other models are asked for by fewer people."""
    cases = cases_of(route)
    if route.model in (None, Country):
        return cases
    return [case for case in cases if case.person in ASKED_OF_EACH_MODEL and not case.implied]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_can_change_things_for_others_sets_up_the_second_factor_first(world, settings, method):
    """Nothing but public pages and one's own login opens before that; for the others nothing changes."""
    settings.SECOND_FACTOR_REQUIRED = True
    powerful = {"editor", "publisher", "asker", "administrator"}
    wrong = []
    for route in ROUTES:
        if route.in_admin and route.model not in (None, Country):
            continue
        cases = cases_of(route)
        public = any(case.person == "anonymous" and case.answer != LOGIN for case in cases)
        # The administration's login page passes on to a page that is asked here.
        if public or route.name.startswith((*WITHOUT_SECOND_FACTOR, "admin:login")):
            continue
        for case in cases:
            if (
                case.method == method
                and case.state == cases[0].state
                and case.person in {*powerful, "auditor", "focal"}
            ):
                response = send(world, route, case)
                asked = response.status_code == 302 and response.url == reverse("mfa_activate_totp")
                if asked != (case.person in powerful):
                    wrong.append(f"{case}, answered {response.status_code}")
    assert not wrong, "\n".join(["", *sorted(wrong)])


def test_a_route_that_the_table_does_not_know_is_noticed():
    """The walk goes into includes and namespaces, and an answer in the table is not a wish."""
    found = {route.name for route in routes()}
    assert {"collection:entry", "account_login", "admin:accounts_user_change", "publication:home"} <= found
    assert {"anonymous", "deactivated"} == {case.person for case in CASES["collection:my"] if case.answer == LOGIN}


@pytest.mark.parametrize(
    "line",
    [
        "collection:my | GET | | 200 focal",
        "collection:my | GET | | 200 rest focal focal",
        "collection:my | GET | | 200 nobody; 403 rest",
        "collection:my | LOOK | | 200 rest",
        "collection:my | GET | | rest",
    ],
)
def test_a_line_that_leaves_somebody_out_is_refused(line):
    with pytest.raises(ValueError, match="line 1"):
        read(line)
