"""The HTML of the report: what it says and how it is built."""

import itertools
import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from reporting.publication.rendering import render_html
from tests.publication.rendering.snapshots import cell, point, small_snapshot

VOID = {"img", "br", "hr", "meta", "link"}


class Outline(HTMLParser):
    """Collects the elements of a page with their attributes and checks that they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [element for element in self.elements if element[0] in tags]


@pytest.fixture(scope="module")
def rendering():
    return render_html(small_snapshot(), snapshot_hash="0123abcd")


def test_headings_descend_without_a_gap_and_have_ids(rendering):
    headings = Outline(rendering.body).all("h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(tag[1]) for tag, _ in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [attributes["id"] for _, attributes in headings]
    assert len(ids) == len(set(ids))
    assert {"introduction", "figures", "theme-1", "action-point-1.1", "countries", "annex-d"} <= set(ids)


def test_every_id_is_single_and_every_inner_link_arrives(rendering):
    elements = Outline(rendering.body).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] for tag, attributes in elements if tag == "a" and "href" in attributes}
    assert targets and all((target or "")[1:] in ids for target in targets)


def test_tables_have_captions_scopes_and_a_named_focusable_region(rendering):
    page = Outline(rendering.body)
    assert all(attributes.get("scope") in {"col", "row", "rowgroup"} for _, attributes in page.all("th"))
    regions = [attributes for _, attributes in page.all("div") if attributes.get("role") == "region"]
    assert len(regions) == len(page.all("table"))
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)
    names = [region["aria-label"] for region in regions]
    assert len(names) == len(set(names))


def test_figures_have_alternative_text_and_exist(rendering):
    images = Outline(rendering.body).all("img")
    assert {f"figures/{name}" for name in rendering.figures} == {attributes["src"] for _, attributes in images}
    assert all(len(attributes["alt"] or "") > 40 for _, attributes in images)
    assert rendering.body.count("<figcaption>") == len(images)


def test_no_inline_style_script_or_handler(rendering):
    for tag, attributes in Outline(rendering.body).elements:
        assert tag not in {"script", "style"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_article_is_the_same_on_paper_and_on_the_web(rendering):
    assert rendering.body.strip() in rendering.document
    assert rendering.body.strip().startswith('<article class="report"') and rendering.document.startswith(
        "<!DOCTYPE html>"
    )


def test_states_are_words(rendering):
    assert '<span class="status status-delayed">Delayed</span>' in rendering.body
    assert "No accepted report at the date of this report" in rendering.body
    assert "Reported; not published" in rendering.body
    assert "No synthesis has been published for this action point." in rendering.body
    assert "No text has been written for this chapter." in rendering.body


def test_imprint_names_date_edition_and_snapshot(rendering):
    imprint = rendering.body.split('class="imprint"')[1].split("</section>")[0]
    for part in (
        "15 June 2026",
        "1 August 2026",
        "First edition",
        "0123abcd",
        "Demonstration: the content is invented",
    ):
        assert part in imprint
    assert "Edition 2, corrected" in render_html(small_snapshot(), edition=2).body


def test_a_report_that_is_no_demonstration_does_not_say_so():
    snapshot = small_snapshot() | {"demonstration": False}
    assert "invented" not in render_html(snapshot).document


def test_headings_typed_into_a_text_stay_out_of_the_outline(rendering):
    assert "A heading typed by somebody" in rendering.body
    assert not re.search(r"<h\d[^>]*>A heading typed", rendering.body)


def test_country_row_names_the_points_and_ministries(rendering):
    row = re.search(r'<th scope="row">Ukraine</th>.*?</tr>', rendering.body, re.DOTALL)
    assert row and "2024" in row[0] and "#action-point-G1" in row[0] and "MFA, MoD" in row[0]
    assert "#action-point-1.1" not in row[0]


def test_lead_matrix_shows_the_order_of_the_plan(rendering):
    matrix = rendering.body.split('class="matrix"')[1].split("</table>")[0]
    row = next(row for row in matrix.split("<tr") if "#action-point-G1" in row)
    assert re.findall(r'class="place-(\d)"', row) == ["1", "2", "3"]


def test_text_is_escaped_everywhere():
    hostile = '<script>alert("x")</script>'
    snapshot = small_snapshot()
    snapshot["plan"]["title"] = hostile
    snapshot["chapters"] = {"introduction": hostile, "highlights": hostile}
    snapshot["ministries"][0]["name"] = hostile
    theme = snapshot["themes"][0]
    theme["title"] = theme["sections"][0]["title"] = hostile
    theme["sections"][0]["action_points"] = [
        point("G1", [cell("mfa", headline_result=hostile, problems=hostile)], hostile) | {"text": hostile}
    ]
    snapshot["countries"][0]["name"] = snapshot["forums"][0]["name"] = hostile
    snapshot["resolutions"][0]["main_message"] = hostile
    rendering = render_html(snapshot)
    assert "<script" not in rendering.document
    assert all(b"<script" not in figure for figure in rendering.figures.values())


def test_progress_names_each_theme_and_never_goes_back():
    seen: list[tuple[int, str]] = []
    render_html(small_snapshot(), lambda percent, label: seen.append((percent, label)))
    assert [label for _, label in seen][:2] == ["General action points", "Peace processes"]
    assert [percent for percent, _ in seen] == sorted(percent for percent, _ in seen)


def test_rendering_takes_nothing_from_the_language_of_the_thread(rendering):
    with translation.override("nb"):
        assert render_html(small_snapshot(), snapshot_hash="0123abcd") == rendering


def test_a_year_without_countries_has_no_map():
    rendering = render_html(small_snapshot() | {"countries": []})
    assert "0 countries were on the list" in rendering.body
    assert "priority-countries.svg" not in rendering.figures and "priority-countries.svg" not in rendering.body
