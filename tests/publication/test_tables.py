"""The table of cells: what a spreadsheet reads from it."""

import csv
import io
import re

import pytest

from reporting.collection.models import Entry
from reporting.publication.services.snapshot import snapshot_content
from reporting.publication.services.tables import COLUMNS, LIVE, cells_csv
from tests.factories.publication import make_round

pytestmark = pytest.mark.django_db


def rows(content):
    return list(csv.DictReader(io.StringIO(cells_csv(content).decode(), newline="")))


def test_one_row_per_cell_in_the_order_of_the_plan():
    table = rows(snapshot_content(make_round()))
    assert [(row["action_point"], row["ministry"]) for row in table] == [
        ("G1", "mfa"),
        ("G1", "defence"),
        ("1.1", "mfa"),
        ("1.2", "defence"),
    ]
    assert table[0]["status"] == "on_track"
    assert tuple(table[0]) == COLUMNS


def test_a_cell_that_is_not_published_is_empty():
    row = rows(snapshot_content(make_round(accepted={"mfa"})))[1]
    assert (row["status"], row["withheld"], row["results"]) == ("", "no", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_nothing_becomes_a_formula(start):
    round = make_round()
    Entry.objects.update(results=f"{start}1+1", headline_result=f"{start}cmd|' /C calc'!A0")
    for row in rows(snapshot_content(round)):
        assert row["results"] == f"'{start}1+1"
        assert row["headline_result"].startswith("'")


STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
LIVE_TEXTS = [
    "a;{}1+1",
    "a; {}1+1",
    'a;"{}1+1"',
    "a;\u00a0{}1+1",
    "a\n{}1+1",
    "a\n\n {}1+1",
    "a;'{}1+1",
    " {}1+1",
    "a\t{}1+1",
    "a;b;;{}1+1\n{}2",
]


def in_the_table(text):
    round = make_round()
    Entry.objects.update(results=text)
    table = cells_csv(snapshot_content(round))
    return table, next(iter(csv.DictReader(io.StringIO(table.decode(), newline=""))))["results"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("text", LIVE_TEXTS)
def test_nothing_becomes_a_formula_for_a_program_that_splits_elsewhere(text, start):
    """Excel in Norwegian splits at semicolons and may take every line for a row; quotation marks do not hold it back."""
    table, _cell = in_the_table(text.format(start, start))
    pieces = [piece.strip(' "\u00a0') for piece in re.split(r"[;\t\r\n]", table.decode())]
    assert [piece for piece in pieces if piece.startswith(tuple(STARTS))] == []


@pytest.mark.parametrize(
    "text", [*LIVE_TEXTS, "''{}1", "' {}1", "a;' '{}1\n'b", "Plain – text; and more.", "'quoted'"]
)
def test_the_text_can_be_had_back(text):
    text = text.format("=", "-").strip()
    _table, cell = in_the_table(text)
    assert LIVE.sub("\0", cell).replace("\0'", "") == text
