"""Before a login ends because nothing was sent for a while, its owner is warned and can keep it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import accessibility_violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]
NOTE = "[data-idle]"


def _wait(page: Page, duration: str) -> None:
    page.clock.fast_forward(duration)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_warning_comes_minutes_before_the_end_and_a_button_keeps_the_login(visitor, demonstration, width):
    page = visitor("focal_point", "climate", width=width)
    page.clock.install()
    page.goto(f"/rounds/{demonstration.open_year}/ministries/climate/entries/2.14/")
    note, stay = page.locator(NOTE), page.get_by_role("button", name="Stay logged in")
    page.locator("textarea[name=efforts]").focus()
    _wait(page, "23:00")
    expect(stay).to_be_hidden()
    _wait(page, "02:00")
    expect(stay).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("alert")).to_contain_text("You will be logged out at")
    expect(page.locator("textarea[name=efforts]")).to_be_focused()
    assert accessibility_violations(page) == []
    stay.focus()
    with page.expect_response("**/my/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 200
    expect(stay).to_be_hidden()
    expect(page.locator("textarea[name=efforts]")).to_be_focused()
    _wait(page, "23:00")
    expect(stay).to_be_hidden()
    _wait(page, "08:00")
    expect(note).to_contain_text("You have been logged out")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_done_in_another_tab_and_by_htmx_counts(visitor, demonstration):
    page = visitor("mfa_editor")
    page.clock.install()
    page.goto(f"/rounds/{demonstration.open_year}/synthesis/2.14/")
    stay = page.get_by_role("button", name="Stay logged in")
    _wait(page, "25:00")
    expect(stay).to_be_visible()
    other = page.context.new_page()
    other.goto("/my/")
    expect(stay).to_be_hidden()
    _wait(page, "25:00")
    expect(stay).to_be_visible()
    with page.expect_response("**/preview/"):
        page.get_by_role("button", name="Preview").click()
    expect(stay).to_be_hidden()


def test_a_login_that_ended_elsewhere_is_told_with_the_way_back(visitor, demonstration):
    page = visitor("focal_point", "climate")
    page.clock.install()
    address = f"/rounds/{demonstration.open_year}/ministries/climate/"
    page.goto(address)
    _wait(page, "25:00")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Stay logged in").click()
    page.get_by_role("link", name="Log in again").click()
    account = demonstration.account("focal_point", "climate")
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{address}")


def test_nobody_is_warned_who_is_not_logged_in(visitor):
    page = visitor()
    page.goto("/")
    assert page.locator(NOTE).count() == 0
