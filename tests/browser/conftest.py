"""A seeded portal in processes of its own, and Debian's Chromium to look at it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.walk.servers import ROOT, Portal, postgres_database, redis_database

REDIS_DATABASE = 11


@dataclass
class Demonstration:
    """The served demonstration: `base_url`, and the accounts as `seed_demo --json` prints them."""

    portal: Portal
    accounts: list[dict[str, str]]
    published_year: int
    open_year: int
    logins: dict[str, list] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return self.portal.base_url

    def account(self, role: str, organisation: str = "") -> dict[str, str]:
        return next(
            account
            for account in self.accounts
            if account["role"] == role and organisation in ("", account["organisation"])
        )


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Iterator[Demonstration]:
    """On the servers that the suite was given, with a worker and beat; else on SQLite with embedded jobs."""
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    with ExitStack() as stack:
        if database_url.startswith("postgres"):
            database_url = stack.enter_context(postgres_database(database_url))
        if redis_url:
            redis_url = redis_database(redis_url, REDIS_DATABASE)
        portal = Portal(tmp_path_factory.mktemp("portal"), database_url=database_url, redis_url=redis_url)
        portal.manage("migrate", "--verbosity", "0")
        portal.manage("collectstatic", "--no-input", "--verbosity", "0")
        portal.manage("load_plan", "fixtures/plan/norway-2023-2030.json")
        accounts = json.loads(portal.manage("seed_demo", "--json"))
        years = portal.manage(
            "shell",
            "--verbosity",
            "0",
            "--command",
            "from reporting.collection.models import Round; "
            "print(*Round.objects.order_by('-year').values_list('year', flat=True)[:2])",
        ).split()
        stack.enter_context(portal.web())
        if redis_url:
            stack.enter_context(portal.worker())
            stack.enter_context(portal.beat())
        yield Demonstration(portal, accounts, published_year=int(years[1]), open_year=int(years[0]))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; its sandbox needs a user other than root."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


@pytest.fixture
def visitor(browser: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Page]]:
    """`visitor()` opens a page as an anonymous reader; `visitor("focal_point", "equality")` logs in first.

    Every message of the console counts as a failure: under the strict policy an inline script or style leaves one there.
    """
    contexts: list[BrowserContext] = []
    messages: list[str] = []

    def open_page(role: str = "", organisation: str = "", *, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=demonstration.base_url, viewport={"width": width, "height": 900}, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
        if role:
            _log_in(page, demonstration, demonstration.account(role, organisation))
        return page

    yield open_page
    for context in contexts:
        context.close()
    allowed = ("status of 403", "status of 404", "status of 409", "status of 422")
    unexpected = [message for message in messages if not any(part in message for part in allowed)]
    assert unexpected == []


def _log_in(page: Page, demonstration: Demonstration, account: dict[str, str]) -> None:
    """Open "My tasks" as this person. A login is used again while it holds: one address may log in 30 times a minute."""
    page.context.add_cookies(demonstration.logins.get(account["email"], []))
    page.goto("/my/")
    if "/accounts/login/" not in page.url:
        return
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    demonstration.logins[account["email"]] = page.context.cookies()


AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def accessibility_violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA on the page as it stands: rule, number of places, first place."""
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{violation['id']} ×{len(violation['nodes'])}: {violation['nodes'][0]['html'][:200]}"
        for violation in found["violations"]
    ]
