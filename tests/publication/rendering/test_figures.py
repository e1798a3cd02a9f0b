"""The charts and the map as SVG files."""

from itertools import combinations
from math import hypot
from xml.etree import ElementTree

from reporting.publication.rendering import figures, labels
from reporting.publication.rendering import map as country_maps
from reporting.publication.rendering.statistics import Row, Share

COUNTRY = {"iso3": "AFG", "name": "Afghanistan", "latitude": 33.9, "longitude": 67.7, "first_year": 2023}


def texts(svg: bytes) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_stacked_bars_carry_names_and_counts():
    counts = (3, 0, 5, 1, 0, 0, 2)
    svg = figures.stacked_bars((Row("Ministry of Labour and Social Inclusion", counts), Row("Other", (1,) * 7)))
    shown = texts(svg)
    assert "Ministry of Labour and Social" in shown and "Inclusion" in shown
    assert {"3", "5", "1", "2"} <= set(shown)
    for label, count in zip(labels.STATUSES, counts, strict=True):
        assert (label.colour.encode() in svg) or not count


def test_share_bars_state_count_and_total():
    assert "4/38" in texts(figures.share_bars((Share("Outcome", 4, 38), Share("Output", 34, 38))))


def test_charts_of_nothing_are_still_charts():
    assert figures.stacked_bars(()).startswith(b"<svg")
    assert figures.share_bars((Share("Outcome", 0, 0),)).startswith(b"<svg")


def test_figures_name_no_other_file():
    for svg in (figures.share_bars((Share("a", 1, 2),)), country_maps.country_map([COUNTRY])):
        assert b"href" not in svg and b"@import" not in svg and b"<image" not in svg


def test_map_numbers_the_countries_in_their_order():
    others = [{**COUNTRY, "latitude": -18.7, "longitude": 35.5}, {**COUNTRY, "latitude": 4.6, "longitude": -74.1}]
    assert texts(country_maps.country_map([COUNTRY, *others])) == ["1", "2", "3"]


def test_markers_of_neighbours_do_not_cover_each_other():
    near = [country_maps.project(35.2, 31.9), country_maps.project(36.5, 31.2), country_maps.project(36.5, 31.2)]
    apart = country_maps.spread(near, 19)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 18.9 for a, b in combinations(apart, 2))


def test_a_country_outside_the_usual_frame_widens_the_map():
    fiji = {**COUNTRY, "latitude": -17.8, "longitude": 178.0}
    usual, world = (ElementTree.fromstring(country_maps.country_map([place])) for place in (COUNTRY, fiji))
    assert float(world.get("width", 0)) > float(usual.get("width", 0))
    assert country_maps.WORLD_FRAME.holds(country_maps.project(178.0, -17.8))
