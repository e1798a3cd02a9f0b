"""How many requests a second, and how slow is the slowest of twenty, next to a Django admin change list on the same data?

gunicorn with two workers; four people at once, each with a session of their own; all addresses measured in one run.
"""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.installation import Installation
from tests.walk.people import Person

PEOPLE = 4
REQUESTS = 40  # by each of them
CHANGE_LIST = "/admin/actionpoints/actionpoint/"
ENTRIES = ("G1", "G2", "2.1", "2.3")  # one for each person: they write side by side, not over each other


@dataclass(frozen=True)
class Figures:
    per_second: float
    p95_ms: float


def measure(demonstration: Installation, year: int) -> list[str]:
    """Lines of the result, for people."""
    with demonstration.portal.web(workers=2):
        focal_points = _people(demonstration, "focal_point", "justice")
        editors = _people(demonstration, "mfa_editor")
        administrators = _people(demonstration, "administrator")
        entries = [f"/rounds/{year}/ministries/justice/entries/{code}/" for code in ENTRIES]
        versions = [int(person.version_of(path)) for person, path in zip(focal_points, entries, strict=True)]

        def save(number: int, count: int) -> None:
            fields = {"headline_result": f"Saved {count} times.", "version": str(versions[number])}
            focal_points[number].client.follow_redirects = False
            focal_points[number].post(entries[number], fields, status=302)
            versions[number] += 1

        measured = {
            "/my/": _measure(lambda number, _count: focal_points[number].get("/my/")),
            "the grid": _measure(lambda number, _count: editors[number].get(f"/rounds/{year}/")),
            "an entry form": _measure(lambda number, _count: focal_points[number].get(entries[number])),
            "a save": _measure(save),
            "admin change list": _measure(lambda number, _count: administrators[number].get(CHANGE_LIST)),
        }
    yardstick = measured["admin change list"]
    return [
        f"{name:18} {figures.per_second:6.1f} requests/s  p95 {figures.p95_ms:6.1f} ms  "
        f"ratio to the change list: {figures.per_second / yardstick.per_second:.2f} in requests/s, "
        f"{figures.p95_ms / yardstick.p95_ms:.2f} in p95"
        for name, figures in measured.items()
    ]


def _people(demonstration: Installation, role: str, organisation: str = "") -> list[Person]:
    account = demonstration.account(role, organisation)
    return [Person(demonstration.portal.base_url, account["email"], account["password"]) for _number in range(PEOPLE)]


def _measure(request: Callable[[int, int], object]) -> Figures:
    """Everybody makes the request so many times; the first of each is not counted."""

    def one(number: int) -> list[float]:
        times = []
        for count in range(REQUESTS):
            started = time.perf_counter()
            request(number, count)
            times.append(time.perf_counter() - started)
        return times

    for number in range(PEOPLE):
        request(number, REQUESTS)
    started = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        times = [seconds for person in pool.map(one, range(PEOPLE)) for seconds in person]
    elapsed = time.perf_counter() - started
    return Figures(len(times) / elapsed, statistics.quantiles(times, n=20)[-1] * 1000)
