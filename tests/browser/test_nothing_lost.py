"""What a person typed outlives the session, a colleague who saves first, and a report that was submitted meanwhile."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]


def _entry(year: int, code: str) -> str:
    return f"/rounds/{year}/ministries/climate/entries/{code}/"


def _log_in_again(page: Page, account: dict[str, str]) -> None:
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("main form button[type=submit]").click()


@pytest.mark.parametrize(
    ("role", "organisation", "field", "address"),
    [
        ("focal_point", "climate", "problems", "/rounds/{year}/ministries/climate/entries/2.13/"),
        ("mfa_editor", "", "text", "/rounds/{year}/synthesis/2.13/"),
    ],
)
def test_a_session_that_ran_out_costs_no_text(visitor, demonstration, role, organisation, field, address):
    page = visitor(role, organisation)
    page.goto(address.format(year=demonstration.open_year))
    typed = "Half a page, typed while the session ran out."
    page.locator(f"textarea[name={field}]").fill(typed)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    _log_in_again(page, demonstration.account(role, organisation))
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(f"textarea[name={field}]")).to_have_value(typed)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    page.reload()
    expect(page.locator(f"textarea[name={field}]")).to_have_value(typed)
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()


def test_two_people_on_one_entry_see_both_texts(visitor, demonstration):
    address = _entry(demonstration.open_year, "2.12")
    first, second = visitor("focal_point", "climate"), visitor("focal_point", "climate")
    for page in (first, second):
        page.goto(address)
    first.locator("textarea[name=problems]").fill("The first to save wrote this.")
    first.get_by_role("button", name="Save", exact=True).click()
    second.locator("textarea[name=problems]").fill("The second to save wrote that.")
    with second.expect_response(lambda response: response.request.method == "POST") as answer:
        second.get_by_role("button", name="Save", exact=True).click()
    assert answer.value.status == 409
    expect(second.locator("textarea[name=problems]")).to_have_value("The second to save wrote that.")
    expect(second.locator("main")).to_contain_text("The first to save wrote this.")
    second.locator("textarea[name=problems]").fill("The first to save wrote this. The second to save wrote that.")
    second.get_by_role("button", name="Save", exact=True).click()
    first.reload()
    expect(first.locator("textarea[name=problems]")).to_have_value(
        "The first to save wrote this. The second to save wrote that."
    )


def test_the_task_of_saving_needs_no_mouse(visitor, demonstration):
    """From the login page to a saved entry with the keyboard alone."""
    page = visitor()
    account = demonstration.account("focal_point", "climate")
    page.goto(f"/accounts/login/?next={_entry(demonstration.open_year, '2.14')}")
    page.locator("input[name=login]").focus()
    page.keyboard.type(account["email"])
    page.keyboard.press("Tab")
    _tab_to(page, "input[name=password]")
    page.keyboard.type(account["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    _tab_to(page, "textarea[name=next_steps]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Written without a mouse.")
    _tab_to(page, "button[type=submit]:not([name])")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("saved")
    page.reload()
    expect(page.locator("textarea[name=next_steps]")).to_have_value("Written without a mouse.")


def _tab_to(page: Page, selector: str) -> None:
    for _press in range(150):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")
