"""The numbers of the chapter "The year in figures"."""

from reporting.publication.rendering import labels, statistics
from tests.publication.rendering.snapshots import small_snapshot


def counts(row: statistics.Row) -> dict[str, int]:
    return {label.key: count for label, count in zip(labels.STATUSES, row.counts, strict=True) if count}


def test_counts_every_cell_once_by_theme_and_by_ministry():
    figures = statistics.compute(small_snapshot())
    assert (figures.cells, figures.action_points, figures.reported) == (5, 3, 4)
    assert (figures.ministries, figures.accepted, figures.synthesised) == (3, 2, 2)
    assert [counts(row) for row in figures.by_theme] == [
        {"on_track": 1, "delayed": 1, "no_report": 1, "withheld": 1},
        {"completed": 1},
    ]
    assert {row.label: counts(row) for row in figures.by_ministry} == {
        "Ministry of Foreign Affairs": {"on_track": 1, "withheld": 1},
        "Ministry of Defence": {"delayed": 1, "completed": 1},
        "Ministry of Climate and Environment": {"no_report": 1},
    }
    assert (
        figures.total.total == sum(row.total for row in figures.by_theme) == sum(r.total for r in figures.by_ministry)
    )


def test_kinds_are_shares_of_the_published_cells_alone():
    figures = statistics.compute(small_snapshot())
    assert [(str(share.label), share.count, share.total) for share in figures.result_kinds] == [
        ("Activity", 0, 3),
        ("Output", 1, 3),
        ("Outcome", 2, 3),
    ]
    assert [(share.count, share.percent) for share in figures.change_kinds] == [(2, 67), (0, 0), (0, 0), (1, 33)]
    assert figures.change_kinds[-1].label == "Not stated"


def test_share_of_nothing_is_no_division():
    assert statistics.Share("", 0, 0).percent == 0
    assert statistics.Share("", 1, 8).percent == 13


def test_every_status_of_the_form_has_its_place_in_the_report():
    assert {label.key for label in labels.STATUSES} == {*labels.Status.values, labels.NO_REPORT, labels.WITHHELD}
    assert set(labels.RESULT_KINDS) == set(labels.ResultKind)
    assert set(labels.CHANGE_KINDS) == set(labels.ChangeKind)
