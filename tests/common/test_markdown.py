"""Restricted Markdown."""

import time

import pytest
from django.core.exceptions import ValidationError

from common.markdown import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH, render, validate


def test_keeps_what_a_report_needs():
    html = render("Text with **bold** and *italics*.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said")
    for part in (
        "<strong>bold</strong>",
        "<em>italics</em>",
        "<li>one</li>",
        '<th scope="col">a</th>',
        "<blockquote>",
    ):
        assert part in html


def test_nothing_gives_nothing():
    assert render("") == render("  \n") == ""


def test_heading_becomes_a_bold_paragraph():
    html = render("# Big\n\nSmall\n===")
    assert "<h" not in html and "<strong>Big</strong>" in html and "<strong>Small</strong>" in html


def test_html_is_shown_as_typed():
    assert render("<b onclick=x>hi</b>") == "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n"


def test_image_becomes_its_text_and_code_a_paragraph():
    assert render("![a chart](http://x.example/y.png)") == "<p>a chart</p>\n"
    assert render("    <i>") == "<p><code>&lt;i&gt;</code></p>\n"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/admin/", "//x.example"]
)
def test_other_addresses_are_no_links(address):
    assert "href" not in render(f"[text]({address})")


@pytest.mark.parametrize("address", ["https://example.org/a", "mailto:post@example.org"])
def test_web_and_mail_addresses_are_links(address):
    assert f'<a href="{address}" rel="noopener noreferrer">' in render(f"[text]({address})")


def table(columns, rows, cell="a"):
    """A table with a heading and so many rows, of which only the first cell is written."""
    return f"{'|h' * columns}|\n{'|-' * columns}|\n" + f"{cell}\n" * rows


def nested_list(items):
    return "".join(f"{'  ' * level}- item{level}\n" for level in range(items))


@pytest.mark.parametrize(
    "text",
    [
        table(MAX_COLUMNS, MAX_CELLS // MAX_COLUMNS - 1),
        "\n\n".join([table(4, 9)] * 10) + "\n\nThe end.",
        "> " + table(3, 4).replace("\n", "\n> "),
        nested_list(MAX_DEPTH // 2 - 1),
        "> " * (MAX_DEPTH - 1) + "x",
    ],
)
def test_what_a_report_can_hold_is_laid_out(text):
    validate(text)
    html = render(text)
    assert "|h" not in html and "- item" not in html and "&gt;" not in html


@pytest.mark.parametrize(
    "text",
    [
        table(MAX_COLUMNS + 1, 1),
        table(MAX_COLUMNS, MAX_CELLS // MAX_COLUMNS),
        table(20, 9_900),
        "\n\n".join([table(4, 9)] * 11),
        "- " + table(4, 100).replace("\n", "\n  "),
    ],
)
def test_too_large_a_table_is_refused_and_shown_as_typed(text):
    with pytest.raises(ValidationError, match=f"{MAX_COLUMNS} columns, and the tables of a text {MAX_CELLS} cells"):
        validate(text)
    start = time.monotonic()
    html = render(f"**Bold** before.\n\n{text}")
    assert time.monotonic() - start < 5
    assert "<table" not in html and "<strong>Bold</strong>" in html
    assert html.count("|h") == text.count("|h") and html.count("a") >= text.count("a")


@pytest.mark.parametrize(
    "text",
    [
        "> " * MAX_DEPTH + "deepest",
        "> " * 5000 + "deepest",
        "- " * 11 + "deepest",
        nested_list(40) + "\ndeepest",
        "> " + "- " * 9 + "> " * 8 + "deepest",
        "*a " * 5000 + "deepest" + " a*" * 5000,
        "**_a " * 30 + "deepest" + " a_**" * 30,
        table(20, 99) + "\n" + "> " * 99 + "deepest",
    ],
)
def test_what_nests_too_deep_is_refused_and_no_word_is_lost(text):
    with pytest.raises(ValidationError):
        validate(text)
    html = render(text)
    assert "deepest" in html
    assert "item39" in html or "item39" not in text
    assert max(html.count(mark) for mark in ("<blockquote", "<ul", "<em", "<strong")) == 0


@pytest.mark.parametrize("levels", range(1, 50))
@pytest.mark.parametrize("marks", ["> ", "- ", "> - ", "1. ", "- > > "])
def test_no_depth_loses_a_word(levels, marks):
    assert "deepest" in render(marks * levels + "deepest")
