"""A process killed in the middle of a build: the next one finishes it, once. Real processes, real signals."""

import contextlib
import json
import os
import signal
import time

import pytest

from tests.walk.people import Person
from tests.walk.servers import Portal, open_days, postgres_database, redis_database

pytestmark = [pytest.mark.slow, pytest.mark.served]

YEAR = 2026
BUILD = f"/rounds/{YEAR}/builds/1/"
STATE = (
    "from reporting.publication.models import Build; "
    "print(*[(b.number, b.job.state, b.job.attempts, b.pages, bool(b.pdf_hash)) for b in Build.objects.select_related('job')])"
)


def _installed(portal: Portal) -> dict[str, str]:
    """An installation with an open round; the account of its editor."""
    portal.manage("migrate", "--verbosity", "0")
    portal.manage("collectstatic", "--no-input", "--verbosity", "0")
    portal.manage("load_plan", "fixtures/plan/norway-2023-2030.json")
    accounts = json.loads(portal.manage("seed_demo", "--accounts-only", "--json"))
    portal.manage("open_round", str(YEAR), *open_days())
    return next(account for account in accounts if account["role"] == "mfa_editor")


def _wait(editor: Person, state: str, seconds: float) -> None:
    """Until the page of the build says that it is in this state."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if f"status--{state}" in editor.client.get(BUILD).text:
            return
        time.sleep(0.1)
    raise AssertionError(f"the build was not {state} within {seconds} s")


def _kill(process) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _assert_finished_once(portal: Portal, editor: Person) -> None:
    _wait(editor, "succeeded", 120)
    number, attempts, pages = _only_build(portal)
    assert (number, attempts) == (1, 2)
    assert pages > 5
    directory = portal.var / "builds" / str(YEAR)
    assert [path.name for path in directory.iterdir()] == ["1"]
    assert (directory / "1" / "report.pdf").read_bytes().startswith(b"%PDF")


def _only_build(portal: Portal) -> tuple[int, int, int]:
    printed = portal.manage("shell", "--verbosity", "0", "--command", STATE).strip()
    number, _state, attempts, pages, _has_hash = printed.strip("()").split(", ")
    return int(number), int(attempts), int(pages)


def test_embedded_the_next_server_finishes_the_build(tmp_path):
    portal = Portal(tmp_path)
    editor_account = _installed(portal)
    with portal.web(workers=1) as web:
        editor = Person(portal.base_url, editor_account["email"], editor_account["password"])
        editor.post(f"/rounds/{YEAR}/builds/")
        _wait(editor, "running", 30)
        _kill(web)
    assert not (portal.var / "builds" / str(YEAR) / "1").exists()
    with portal.web(workers=1):
        _assert_finished_once(portal, editor)
        assert editor.get(f"{BUILD}report.pdf").content.startswith(b"%PDF")
        editor.close()


@pytest.mark.broker
@pytest.mark.postgres
def test_with_a_broker_the_next_worker_finishes_the_build(tmp_path):
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not database_url.startswith("postgres") or not redis_url:
        pytest.skip("DATABASE_URL and REDIS_URL name no PostgreSQL and Redis")
    with postgres_database(database_url) as own_database:
        portal = Portal(tmp_path, database_url=own_database, redis_url=redis_database(redis_url, 10))
        editor_account = _installed(portal)
        with portal.web(workers=1), portal.beat():
            editor = Person(portal.base_url, editor_account["email"], editor_account["password"])
            editor.post(f"/rounds/{YEAR}/builds/")
            with portal.worker("first") as worker:
                _wait(editor, "running", 60)
                _kill(worker)
            with portal.worker("second"):
                _assert_finished_once(portal, editor)
            assert editor.get(f"{BUILD}report.pdf").content.startswith(b"%PDF")
            editor.close()
