"""On a phone: the task list says what is to be done without scrolling sideways, and the save bar covers no focused field."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]
PHONE = {"width": 320, "height": 640}


def test_every_task_says_what_is_missing_and_whose_it_is(visitor, demonstration):
    page = visitor("focal_point", "justice", width=320)
    page.goto(f"/rounds/{demonstration.open_year}/ministries/justice/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for label in ("Missing", "Contributors"):
        cells = page.locator(f".tasks td[data-label={label}]:visible")
        assert cells.count()
        for cell in cells.all():
            box = cell.bounding_box()
            assert box and box["x"] + box["width"] <= 320


@pytest.mark.parametrize("width", [320, 1280])
def test_the_save_bar_stays_in_view_and_hides_no_focus(visitor, demonstration, width):
    page = visitor("focal_point", "justice", width=width)
    page.set_viewport_size(PHONE | {"width": width})
    page.goto(f"/rounds/{demonstration.open_year}/ministries/justice/entries/2.5/")
    page.locator("textarea[name=headline_result]").focus()
    box = page.get_by_role("button", name="Save", exact=True).bounding_box()
    assert box and box["y"] + box["height"] <= PHONE["height"]
    for _ in range(100):
        place = page.evaluate(
            """() => {
                const bar = document.querySelector(".entry-save"), focused = document.activeElement;
                if (bar.contains(focused) || !focused.closest(".entry-form")) return null;
                return [focused.name, focused.getBoundingClientRect().top, bar.getBoundingClientRect().top];
            }"""
        )
        if place is None:
            break
        assert place[1] < place[2], place
        page.keyboard.press("Tab")
    else:
        pytest.fail("the form has no end")
