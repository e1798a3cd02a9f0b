"""What is typed is kept and offered by the rules at the top of static/js/draft.js."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import accessibility_violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]
OFFER = "[data-draft-note]:visible"


def _entry(year: int, code: str) -> str:
    return f"/rounds/{year}/ministries/climate/entries/{code}/"


def _field(page: Page, name: str):
    return page.locator(f"[name={name}]")


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def _lose_the_session(page: Page) -> None:
    page.context.clear_cookies(name="session")


def _log_in_again(page: Page, account: dict[str, str]) -> None:
    page.wait_for_url("**/accounts/login/**")
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def _saved_text(page: Page, name: str) -> str:
    page.reload()
    return _field(page, name).evaluate("field => field.defaultValue")


def test_putting_back_does_not_wipe_out_what_a_colleague_saved_meanwhile(visitor, demonstration):
    page, colleague = visitor("focal_point", "climate"), visitor("focal_point", "climate")
    page.goto(_entry(demonstration.open_year, "2.12"))
    _field(page, "results").fill("Typed before the session ran out.")
    _lose_the_session(page)
    _save(page)
    colleague.goto(_entry(demonstration.open_year, "2.12"))
    _field(colleague, "results").fill("Saved by a colleague meanwhile.")
    _save(colleague)
    expect(colleague.get_by_role("status")).to_contain_text("saved")
    _log_in_again(page, demonstration.account("focal_point", "climate"))
    page.get_by_role("button", name="Put it back").click()
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        _save(page)
    assert answer.value.status == 409
    expect(page.locator("main")).to_contain_text("Saved by a colleague meanwhile.")
    expect(_field(page, "results")).to_have_value("Typed before the session ran out.")
    assert _saved_text(colleague, "results") == "Saved by a colleague meanwhile."


def test_what_is_kept_outlives_typing_and_saving_until_its_writer_chooses(visitor, demonstration):
    page = visitor("focal_point", "climate")
    page.goto(_entry(demonstration.open_year, "2.13"))
    _field(page, "efforts").fill("Half a page.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(OFFER)).to_be_visible()
    _field(page, "efforts").fill("Another beginning.")
    _save(page)
    expect(page.get_by_role("status")).to_contain_text("saved")
    expect(page.locator(OFFER)).to_contain_text("Efforts")
    _field(page, "efforts").fill("A third beginning.")
    page.get_by_role("button", name="Put it back").click()
    expect(_field(page, "efforts")).to_have_value("Half a page.")
    # What was typed on this page stood in the form until now: it is offered in its turn.
    page.get_by_role("button", name="Put it back").click()
    expect(_field(page, "efforts")).to_have_value("A third beginning.")
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator(OFFER)).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_offer_stands_in_view_at_the_top_has_the_focus_and_names_the_fields(visitor, demonstration, width):
    page = visitor("focal_point", "climate", width=width)
    page.goto(_entry(demonstration.open_year, "2.14"))
    _field(page, "problems").fill("Typed, not saved.")
    _field(page, "do_no_harm").check()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/my/")
    page.goto(_entry(demonstration.open_year, "2.14") + "#comments")
    _expect_offer_in_view(page)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.reload()
    _expect_offer_in_view(page)
    assert accessibility_violations(page) == []


def _expect_offer_in_view(page: Page) -> None:
    offer = page.locator(OFFER)
    expect(offer).to_be_focused()
    expect(offer).to_have_attribute("role", "alert")
    expect(offer.locator("[data-draft-fields]")).to_have_text(re.compile("^.*roblems.* and .*harm.*$", re.IGNORECASE))
    assert page.locator("main > :first-child").evaluate("first => first.matches('[data-draft-note]')")
    for button in ("Put it back", "Discard it"):
        place = page.get_by_role("button", name=button)
        expect(place).to_be_in_viewport(ratio=1)
        assert place.evaluate(
            """button => {
                const { left, right, top, bottom } = button.getBoundingClientRect();
                return button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
            }"""
        ), f"{button} is covered"


def test_a_save_of_ones_own_in_another_tab_does_not_drop_what_this_tab_keeps(visitor, demonstration):
    page = visitor("focal_point", "climate")
    page.goto(_entry(demonstration.open_year, "2.14"))
    _field(page, "problems").fill("Typed in the first tab.")
    other = page.context.new_page()
    other.goto(_entry(demonstration.open_year, "2.14"))
    _field(other, "efforts").fill("Saved in the second tab.")
    _save(other)
    expect(other.get_by_role("status")).to_contain_text("saved")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(_field(page, "problems")).to_have_value("Typed in the first tab.")


def test_choices_and_ticks_are_kept_and_what_is_saved_is_offered_no_more(visitor, demonstration):
    page = visitor("focal_point", "climate")
    page.goto(_entry(demonstration.open_year, "2.13"))
    status = page.locator("[name=status]:not(:checked):not([value=''])").first
    chosen = status.get_attribute("value")
    country = page.locator("[name=countries]:not(:checked)").first
    ticked = country.get_attribute("value")
    status.check()
    country.check()
    harm = _field(page, "do_no_harm").is_checked()
    _field(page, "do_no_harm").set_checked(not harm)
    _field(page, "next_steps").fill("  A line.\r\n\r\nAnother, with a sign from elsewhere\x0b.  ")
    _lose_the_session(page)
    _save(page)
    _log_in_again(page, demonstration.account("focal_point", "climate"))
    expect(page.locator(f"[name=status][value={chosen}]")).not_to_be_checked()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(f"[name=status][value={chosen}]")).to_be_checked()
    expect(page.locator(f"[name=countries][value={ticked}]")).to_be_checked()
    expect(_field(page, "do_no_harm")).to_be_checked(checked=not harm)
    _field(page, "do_no_harm").set_checked(harm)
    _save(page)
    expect(page.get_by_role("status")).to_contain_text("saved")
    expect(page.locator(f"[name=status][value={chosen}]")).to_be_checked()
    expect(page.locator(f"[name=countries][value={ticked}]")).to_be_checked()
    expect(page.locator(OFFER)).to_be_hidden()


def test_a_colleague_in_the_same_tab_is_not_offered_the_text(visitor, demonstration):
    page = visitor("focal_point", "climate")
    address = _entry(demonstration.open_year, "2.14")
    page.goto(address)
    _field(page, "partners").fill("Typed by one person.")
    _lose_the_session(page)
    _save(page)
    editor, writer = demonstration.account("mfa_editor"), demonstration.account("focal_point", "climate")
    _log_in_again(page, editor)
    expect(page.locator("#comments textarea")).to_be_visible()
    expect(page.locator(OFFER)).to_be_hidden()
    _lose_the_session(page)
    page.reload()
    _log_in_again(page, writer)
    expect(page.locator(OFFER)).to_contain_text("Partners")


def test_a_comment_comes_back_after_the_login_and_is_sent_once(visitor, demonstration):
    page = visitor("mfa_editor")
    address = _entry(demonstration.open_year, "2.12")
    page.goto(address)
    # A refused comment leaves the browser at an address that answers a POST only.
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write the comment")
    comment = "A question on the figures.\n\nWhere do they come from?"
    page.locator("#comments textarea[name=text]").fill(comment)
    _lose_the_session(page)
    page.get_by_role("button", name="Send the comment").click()
    _log_in_again(page, demonstration.account("mfa_editor"))
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator(OFFER)).to_contain_text("Comment")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#comments textarea[name=text]")).to_be_focused()
    expect(page.locator("#comments textarea[name=text]")).to_have_value(comment)
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("status")).to_contain_text("noted")
    expect(page.locator("#comments article").last).to_contain_text("Where do they come from?")
    expect(page.locator(OFFER)).to_be_hidden()


def test_a_form_that_was_open_too_long_leads_back_to_the_text(visitor, demonstration):
    page = visitor("mfa_editor")
    page.goto(f"/rounds/{demonstration.open_year}/synthesis/2.13/")
    _field(page, "text").fill("Typed into a form that was open too long.")
    page.context.clear_cookies(name="csrf")
    _save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The form was open too long")
    page.get_by_role("link", name="Back to the form").click()
    page.get_by_role("button", name="Put it back").click()
    expect(_field(page, "text")).to_have_value("Typed into a form that was open too long.")
    _save(page)
    expect(page.get_by_role("status")).to_contain_text("saved")


def test_the_page_with_both_texts_keeps_what_is_typed_as_well(visitor, demonstration):
    first, second = visitor("mfa_editor"), visitor("mfa_editor")
    address = f"/rounds/{demonstration.open_year}/synthesis/2.12/"
    for page in (first, second):
        page.goto(address)
    _field(first, "text").fill("The first text.")
    _save(first)
    expect(first.get_by_role("status")).to_contain_text("saved")
    _field(second, "text").fill("The second text.")
    _save(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("Somebody else saved first")
    expect(second.locator(OFFER)).to_be_hidden()
    _field(second, "text").fill("Both texts in one.")
    _lose_the_session(second)
    second.get_by_role("button", name="Save this text").click()
    _log_in_again(second, demonstration.account("mfa_editor"))
    second.get_by_role("button", name="Put it back").click()
    _save(second)
    expect(second.get_by_role("status")).to_contain_text("saved")
    assert _saved_text(second, "text") == "Both texts in one."


def test_the_reasons_of_a_reopening_come_back_after_the_login_and_are_sent_once(visitor, demonstration):
    page = visitor("mfa_editor")
    address = f"/rounds/{demonstration.published_year}/ministries/climate/"
    page.goto(address)
    reasons = "A figure in 2.13 was wrong.\n\nMend it for the next edition."
    page.get_by_label("Reasons").fill(reasons)
    _lose_the_session(page)
    page.get_by_role("button", name="Reopen the report").click()
    _log_in_again(page, demonstration.account("mfa_editor"))
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator(OFFER)).to_contain_text("Reasons")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Reasons")).to_have_value(reasons)
    page.get_by_role("button", name="Reopen the report").click()
    expect(page.get_by_role("status")).to_contain_text("open again")
    expect(page.locator(".timeline")).to_contain_text("Mend it for the next edition.")
    expect(page.locator(OFFER)).to_be_hidden()
