"""The table of cells: what a spreadsheet reads from it."""

import csv
import io

import pytest

from reporting.collection.models import Entry
from reporting.publication.services.snapshot import snapshot_content
from reporting.publication.services.tables import COLUMNS, cells_csv
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
