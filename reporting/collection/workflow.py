"""The tables of states of a round and of a ministry's report."""

from common.transitions import Transition, Workflow
from reporting.collection.enums import MinistryReportState as Report
from reporting.collection.enums import RoundState

ROUND = Workflow(
    "state",
    Transition("open", sources=(RoundState.PLANNED,), target=RoundState.OPEN),
    Transition("close", sources=(RoundState.OPEN,), target=RoundState.CLOSED),
    Transition("open_again", sources=(RoundState.CLOSED,), target=RoundState.OPEN, comment_required=True),
    Transition("begin_synthesis", sources=(RoundState.CLOSED,), target=RoundState.SYNTHESIS),
    Transition("publish", sources=(RoundState.SYNTHESIS,), target=RoundState.PUBLISHED),
)

MINISTRY_REPORT = Workflow(
    "state",
    Transition("submit", sources=(Report.DRAFT, Report.RETURNED), target=Report.SUBMITTED, stamps="submitted_at"),
    Transition("return", sources=(Report.SUBMITTED,), target=Report.RETURNED, comment_required=True),
    Transition("accept", sources=(Report.SUBMITTED,), target=Report.ACCEPTED, stamps="accepted_at"),
    Transition(
        "reopen",
        sources=(Report.ACCEPTED,),
        target=Report.RETURNED,
        comment_required=True,
        clears=("accepted_at",),
    ),
)
