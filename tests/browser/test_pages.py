"""Every page in each of its states: axe-core finds nothing, nothing scrolls sideways at 320 pixels, the console is silent."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import accessibility_violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]

# Role and organisation → addresses; {published} is the full demonstration year, {open} the one being reported on.
PAGES = {
    ("", ""): [
        "/",
        "/plan/",
        "/plan/2.5/",
        "/countries/",
        "/countries/UKR/",
        "/reports/",
        "/reports/{published}/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/nowhere/",
    ],
    ("focal_point", "justice"): [
        "/my/",
        "/rounds/",
        "/rounds/{open}/",
        "/rounds/{open}/ministries/justice/",
        "/rounds/{open}/ministries/justice/entries/2.5/",
        "/rounds/{open}/ministries/justice/entries/2.4/",
        "/rounds/{published}/ministries/justice/",
        "/rounds/{published}/ministries/justice/entries/2.5/",
        "/rounds/{published}/ministries/justice/receipt/",
        "/accounts/invitations/",
        "/accounts/profile/",
        "/rounds/{open}/ministries/defence/",
    ],
    ("contributor", ""): [
        "/my/",
        "/rounds/{open}/ministries/justice/",
        "/rounds/{open}/ministries/justice/entries/2.8/",
    ],
    ("mfa_editor", ""): [
        "/my/",
        "/rounds/",
        "/rounds/open/",
        "/rounds/{published}/",
        "/rounds/{published}/ministries/defence/",
        "/rounds/{published}/ministries/defence/entries/2.5/",
        "/rounds/{open}/synthesis/",
        "/rounds/{published}/synthesis/2.5/",
        "/rounds/{open}/synthesis/introduction/",
        "/rounds/{published}/builds/",
        "/rounds/{published}/builds/1/",
        "/rounds/{published}/builds/1/preview/",
        "/rounds/{published}/builds/1/publish/",
    ],
    ("norad_officer", ""): ["/my/", "/rounds/"],
    ("civil_society", ""): ["/my/"],
    ("auditor", ""): ["/my/", "/rounds/{open}/", "/rounds/{open}/ministries/justice/entries/2.5/"],
}


@pytest.mark.parametrize(("role", "organisation"), PAGES, ids=[role or "public" for role, _organisation in PAGES])
def test_pages_are_accessible_and_fit_a_phone(visitor, demonstration, role, organisation):
    page = visitor(role, organisation)
    found = {}
    for address in PAGES[role, organisation]:
        path = address.format(published=demonstration.published_year, open=demonstration.open_year)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        problems = accessibility_violations(page)
        page.set_viewport_size({"width": 320, "height": 700})
        problems += _sideways(page)
        if problems:
            found[path] = problems
    assert found == {}


def _sideways(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [] if width <= 320 else [f"{width} pixels wide at 320"]
