"""The year in Chromium, in one go: from a focal point's first word to the PDF that an anonymous visitor downloads."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]

MINISTRY = "equality"
CODES = ("G2", "3.10", "3.11")
TEXTS = {
    "headline_result": "Nine of twelve councils now have a woman as deputy chair.",
    "efforts": "Three meetings were held with the councils and guidance was sent to all twelve.",
    "results": "Nine of twelve councils had a woman as deputy chair on 31 December, up from four.",
    "problems": "Three councils did not answer, and nobody followed up before the summer.",
    "problems_follow_up": "The late guidance of last year has been sent.",
    "next_steps": "The three councils will be visited in the spring.",
    "internal_note": "canary-of-the-note: the third council asked us not to name it.",
}
RETURN_REASON = "canary-of-the-return: please say which date the figure in 3.11 refers to."
COMMENT = "canary-of-the-comment: is it twelve or thirteen councils?"
MENDED = "Nine of twelve councils had a woman as deputy chair on 31 December of the reporting year."
SYNTHESIS = "Nine of the twelve councils now have a woman as deputy chair, five more than a year ago."


def test_from_the_first_entry_to_the_published_pdf(visitor, demonstration):
    year = demonstration.open_year
    report = f"/rounds/{year}/ministries/{MINISTRY}/"

    focal_point = visitor("focal_point", MINISTRY)
    focal_point.get_by_role("link", name=f"Ministry of Culture and Equality, {year}").click()
    for code in CODES:
        _fill(focal_point, code)
    _submit(focal_point, report)
    expect(focal_point.get_by_role("heading", level=1)).to_contain_text("submitted")

    focal_point.goto(f"{report}entries/G2/")
    expect(focal_point.locator("textarea[name=efforts]")).to_have_count(0)

    editor = visitor("mfa_editor")
    editor.goto(f"{report}entries/G2/")
    editor.get_by_label("Comment").fill(COMMENT)
    editor.locator("form[action$='comments/'] button[type=submit]").click()
    expect(editor.get_by_text(COMMENT)).to_be_visible()
    editor.goto(report)
    editor.locator("form[action$='return/'] textarea[name=comment]").fill(RETURN_REASON)
    editor.get_by_role("button", name="Return the report").click()
    expect(editor.locator("main")).to_contain_text("Returned")

    focal_point.goto("/my/")
    expect(focal_point.locator("main")).to_contain_text(RETURN_REASON)
    focal_point.goto(f"{report}entries/3.11/")
    focal_point.locator("textarea[name=results]").fill(MENDED)
    focal_point.get_by_role("button", name="Save", exact=True).click()
    expect(focal_point.get_by_role("status")).to_contain_text("saved")
    _submit(focal_point, report)

    editor.goto(report)
    editor.get_by_role("button", name="Accept the report").click()
    expect(editor.locator("main")).to_contain_text("Accepted")

    _write_synthesis(editor, year)
    build = _build(editor, year)
    editor.goto(f"{build}publish/")
    expect(editor.get_by_role("button", name="Publish", exact=True)).to_have_count(0)

    publisher = visitor("mfa_publisher")
    publisher.goto(build)
    publisher.get_by_role("link", name="Check and publish").click()
    publisher.get_by_role("button", name="Publish", exact=True).click()
    expect(publisher.locator("main")).to_contain_text("Published as edition 1")

    _read_as_the_public(visitor(), year)


def _fill(page: Page, code: str) -> None:
    """Write one entry with the mouse and the keyboard, as on any other day."""
    page.locator(f"main a[href$='/entries/{code}/']").first.click()
    for name, text in TEXTS.items():
        page.locator(f"[name={name}]").fill(text)
    for name, value in (("status", "on_track"), ("change_kind", "new"), ("result_kind", "outcome")):
        page.locator(f"input[name={name}][value={value}]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    page.get_by_role("link", name="All entries").click()


def _submit(page: Page, report: str) -> None:
    page.goto(report)
    page.get_by_role("button", name="Submit the report").click()
    page.wait_for_url("**/receipt/")


def _write_synthesis(page: Page, year: int) -> None:
    page.goto(f"/rounds/{year}/synthesis/3.11/")
    expect(page.locator("main")).to_contain_text(MENDED)
    page.locator("textarea[name=text]").fill(SYNTHESIS)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("main p", has_text=SYNTHESIS)).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Drafted")


def _build(page: Page, year: int) -> str:
    """Ask for a build and watch it: the page tells of chapters and percentages without being reloaded."""
    page.goto(f"/rounds/{year}/builds/")
    page.get_by_role("button", name="Make a build").click()
    page.wait_for_url("**/builds/*/")
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
    seen = set()
    while page.get_by_role("progressbar").count():
        seen.add(page.locator("main [aria-live=polite]").inner_text())
        page.wait_for_timeout(200)
    assert len(seen) > 2, seen
    expect(page.get_by_role("link", name="Open the PDF")).to_be_visible(timeout=120_000)
    return page.url


def _read_as_the_public(page: Page, year: int) -> None:
    page.goto("/")
    page.get_by_role("link", name="Read on the web").click()
    expect(page.locator("main")).to_contain_text(SYNTHESIS)
    pdf = page.request.get(f"/reports/{year}/report.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.body())).pages).split())
    assert SYNTHESIS in text
    assert TEXTS["headline_result"] in text
    for part in ("canary-of-the-note", "canary-of-the-return", "canary-of-the-comment"):
        assert part not in text
        assert part.encode() not in pdf.body()
        assert part not in page.content()
