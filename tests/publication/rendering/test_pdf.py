"""The PDF: its text, its marks, and what it refuses to read."""

import io

import pytest
from pypdf import PdfReader

from reporting.publication.rendering import RefusedAddressError, Rendering, render_html, render_pdf, resources
from tests.publication.rendering.snapshots import small_snapshot
from tests.tools.verify_pdf import missing, verify

MARK = "Demonstration: the content is invented"


@pytest.fixture(scope="module")
def made() -> bytes:
    snapshot = small_snapshot()
    return render_pdf(render_html(snapshot, snapshot_hash="0123abcd"), snapshot)


@pytest.fixture(scope="module")
def reader(made) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def test_contains_the_synthesis_and_each_headline(reader):
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Twelve of nineteen missions reported a change." in " ".join(text.split())
    assert "Headline of defence." in text and "4/38" in text and "0123abcd" in text


def test_demonstration_mark_on_every_page(reader):
    assert all(MARK in page.extract_text() for page in reader.pages)


def test_a_real_report_carries_no_mark():
    snapshot = small_snapshot() | {"demonstration": False}
    reader = PdfReader(io.BytesIO(render_pdf(render_html(snapshot), snapshot)))
    assert not any(MARK in page.extract_text() for page in reader.pages)


def test_title_language_dates_and_bookmarks(reader):
    assert reader.metadata.title == "Women, Peace and Security: annual report 2025"
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"] == "D:20260615"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    titles = []

    def walk(items):
        for item in items:
            walk(item) if isinstance(item, list) else titles.append(item.title)

    walk(reader.outline)
    assert "The year in figures" in titles and any(title.startswith("1.1 Do what") for title in titles)


def test_contents_show_the_pages_where_the_chapters_begin(reader):
    pages = [page.extract_text() for page in reader.pages]
    contents = next(text for text in pages if text.lstrip().find("Contents") >= 0 and "Annex D: Method" in text)
    line = next(line for line in contents.splitlines() if line.startswith("Annex C: Resolutions"))
    number = int("".join(character for character in line.removeprefix("Annex C: Resolutions") if character.isdigit()))
    assert "Participation & protection." in pages[number - 1]


def test_only_inter_is_embedded(reader):
    fonts = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(font.get_object()["/BaseFont"].split("+")[-1])
    assert fonts and all(font.startswith("Inter") for font in fonts)


@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason=missing() or "a JDK is there")
def test_keeps_to_pdf_ua_1_and_pdf_a_3a(made, tmp_path):
    good, bad = tmp_path / "report.pdf", tmp_path / "no-alternative-text.pdf"
    good.write_bytes(made)
    assert verify(good) == []
    # The check itself is checked: a picture without alternative text must not pass.
    square = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    document = '<html lang="en"><head><title>t</title></head><body><p>x <img src="figures/x.svg"></p></body></html>'
    bad.write_bytes(render_pdf(Rendering(document, "", {"x.svg": square}), small_snapshot()))
    assert [rule.profile for rule in verify(bad)] == ["PDFUA-1"]


def test_addresses_in_texts_are_never_fetched(monkeypatch):
    fetched: list[str] = []
    original = resources.ReportFetcher.fetch

    def fetch(self, url, headers=None):
        fetched.append(url)
        return original(self, url, headers)

    monkeypatch.setattr(resources.ReportFetcher, "fetch", fetch)
    snapshot = small_snapshot()
    hostile = (
        "![a](file:///etc/passwd) ![b](http://198.51.100.7/b.png) [c](file:///etc/passwd) [d](https://example.org/d)\n\n"
        "<img src='file:///etc/passwd'> <link rel=attachment href='file:///etc/passwd'> <style>@import 'http://x'</style>\n\n"
        "![e](data:image/svg+xml;base64,PHN2Zy8+) [f]: http://198.51.100.7/f"
    )
    snapshot["chapters"] = {"introduction": hostile, "highlights": hostile}
    snapshot["themes"][0]["sections"][0]["action_points"][0]["synthesis"] = hostile
    snapshot["themes"][0]["sections"][0]["action_points"][0]["cells"][0]["problems"] = hostile
    made = PdfReader(io.BytesIO(render_pdf(render_html(snapshot), snapshot)))
    assert fetched and all(url.startswith(resources.BASE) for url in fetched)
    assert not made.attachments


@pytest.mark.parametrize(
    "fragment",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://198.51.100.7/x.png" alt="x">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<img src="figures/../../settings.py" alt="x">',
        '<link rel="stylesheet" href="https://198.51.100.7/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<p style="background: url(file:///etc/passwd)">x</p>',
    ],
)
def test_anything_outside_the_report_stops_it_by_name(fragment):
    document = f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>{fragment}</body></html>'
    with pytest.raises(RefusedAddressError, match="refused: "):
        render_pdf(Rendering(document, "", {}), small_snapshot())


def test_a_figure_that_names_a_file_stops_it():
    figure = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd" width="9"/></svg>'
    document = '<html lang="en"><head><title>t</title></head><body><img src="figures/x.svg" alt="x"></body></html>'
    with pytest.raises(RefusedAddressError, match="passwd"):
        render_pdf(Rendering(document, "", {"x.svg": figure}), small_snapshot())


def test_progress_goes_from_the_pages_to_the_file():
    snapshot = small_snapshot()
    seen: list[tuple[int, str]] = []
    render_pdf(render_html(snapshot), snapshot, lambda percent, label: seen.append((percent, label)))
    assert seen[0] == (40, "Pages") and seen[-1] == (92, "Writing the PDF")
    assert [percent for percent, _ in seen] == sorted({percent for percent, _ in seen})
