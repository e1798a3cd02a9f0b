"""Restricted Markdown."""

import pytest

from common.markdown import render


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


def test_deep_nesting_ends():
    assert len(render("> " * 5000 + "x")) < 100_000
