"""The words and shapes by which the report names states and kinds."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.collection.enums import ChangeKind, ResultKind, Status

NO_REPORT = "no_report"
WITHHELD = "withheld"
NOT_STATED = ""
NOT_STATED_TEXT = _("Not stated")


@dataclass(frozen=True)
class Label:
    """A state as the report shows it: `key` selects the shape and colour, `short` heads a narrow column."""

    key: str
    text: str | Promise
    short: str | Promise
    colour: str
    ink: str


# In the order in which they are stacked and listed: the furthest first. The colours are those of static/css/report.css.
STATUSES = (
    Label(Status.COMPLETED, Status.COMPLETED.label, _("Completed"), "#16365c", "#ffffff"),
    Label(Status.ON_TRACK, Status.ON_TRACK.label, _("On track"), "#1f7a80", "#ffffff"),
    Label(Status.UNDER_WAY, Status.UNDER_WAY.label, _("Under way"), "#a9d3d2", "#10263f"),
    Label(Status.DELAYED, Status.DELAYED.label, _("Delayed"), "#d9962b", "#10263f"),
    Label(Status.NOT_STARTED, Status.NOT_STARTED.label, _("Not started"), "#e8dfce", "#10263f"),
    Label(NO_REPORT, _("No accepted report at the date of this report"), _("No report"), "#c9ced6", "#10263f"),
    Label(WITHHELD, _("Reported; not published"), _("Not published"), "#8a94a3", "#ffffff"),
)
# The form explains each kind where it is chosen; the report uses the bare words and explains them in its annex.
RESULT_KINDS: dict[str, str | Promise] = {
    ResultKind.ACTIVITY: _("Activity"),
    ResultKind.OUTPUT: _("Output"),
    ResultKind.OUTCOME: _("Outcome"),
}
CHANGE_KINDS: dict[str, str | Promise] = {
    ChangeKind.NEW: _("New because of the plan"),
    ChangeKind.STRENGTHENED: _("Strengthened by the plan"),
    ChangeKind.ONGOING: _("Ongoing regardless of the plan"),
}
STATUS_BY_KEY = {label.key: label for label in STATUSES}


def state(cell: dict) -> Label:
    """What a cell of the snapshot says of its state; without a status, whether it was withheld or not reported."""
    if cell.get("status"):
        return STATUS_BY_KEY[cell["status"]]
    return STATUS_BY_KEY[WITHHELD if cell.get("withheld") else NO_REPORT]


def change_kind(cell: dict) -> str | Promise:
    """The words for the cell's kind of change; empty when not stated."""
    return CHANGE_KINDS.get(cell.get("change_kind", ""), "")


def result_kind(cell: dict) -> str | Promise:
    """The words for the cell's kind of result; empty when not stated."""
    return RESULT_KINDS.get(cell.get("result_kind", ""), "")
