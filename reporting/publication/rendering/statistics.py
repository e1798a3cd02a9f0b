"""The year in figures: counts made from the cells of a snapshot. A cell is one action point of one lead ministry."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from reporting.publication.rendering import labels


@dataclass(frozen=True)
class Row:
    """One row of a table of counts: `counts` has one number per column of the table, in its order."""

    label: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Share:
    """A part of a whole, shown as count/total with the percentage beside it."""

    label: str
    count: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded half up to a whole percent; 0 of 0 is 0."""
        return (200 * self.count + self.total) // (2 * self.total) if self.total else 0


@dataclass(frozen=True)
class Statistics:
    """All numbers of the chapter "The year in figures"."""

    cells: int
    action_points: int
    reported: int
    ministries: int
    accepted: int
    synthesised: int
    by_theme: tuple[Row, ...]
    by_ministry: tuple[Row, ...]
    total: Row
    result_kinds: tuple[Share, ...]
    change_kinds: tuple[Share, ...]


def action_points(snapshot: dict) -> list[dict]:
    """The action points of a snapshot in the order of the plan."""
    return [
        point for theme in snapshot["themes"] for section in theme["sections"] for point in section["action_points"]
    ]


def status_counts(cells: Iterable[dict]) -> tuple[int, ...]:
    """How many of the cells are in each state of `labels.STATUSES`, in that order."""
    counts = Counter(labels.state(cell).key for cell in cells)
    return tuple(counts[label.key] for label in labels.STATUSES)


def theme_cells(theme: dict) -> list[dict]:
    """The cells of one theme of a snapshot."""
    return [cell for section in theme["sections"] for point in section["action_points"] for cell in point["cells"]]


def compute(snapshot: dict) -> Statistics:
    """Count the snapshot.

    Shares of kinds are of the entries whose content is published: a kind is known only of those.
    """
    points = action_points(snapshot)
    cells = [cell for point in points for cell in point["cells"]]
    published = [cell for cell in cells if cell.get("status")]
    ministries = snapshot["ministries"]
    return Statistics(
        cells=len(cells),
        action_points=len(points),
        reported=sum(1 for cell in cells if cell.get("status") or cell.get("withheld")),
        ministries=len(ministries),
        accepted=sum(1 for ministry in ministries if ministry["accepted_on"]),
        synthesised=sum(1 for point in points if point["synthesis"].strip()),
        by_theme=tuple(Row(theme["title"], status_counts(theme_cells(theme))) for theme in snapshot["themes"]),
        by_ministry=tuple(
            Row(ministry["name"], status_counts(cell for cell in cells if cell["ministry"] == ministry["code"]))
            for ministry in ministries
        ),
        total=Row("", status_counts(cells)),
        result_kinds=_shares(published, "result_kind", labels.RESULT_KINDS),
        change_kinds=_shares(published, "change_kind", labels.CHANGE_KINDS),
    )


def _shares(cells: list[dict], field: str, kinds: Mapping[str, str | Promise]) -> tuple[Share, ...]:
    counts = Counter(cell.get(field) or labels.NOT_STATED for cell in cells)
    shares = [Share(str(text), counts[key], len(cells)) for key, text in kinds.items()]
    if counts[labels.NOT_STATED]:
        shares.append(Share(str(labels.NOT_STATED_TEXT), counts[labels.NOT_STATED], len(cells)))
    return tuple(shares)
