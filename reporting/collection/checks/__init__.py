"""What must stand in a report before it can be submitted. One rule per file, in the order of the form.

`missing` is asked by the page, the button and the transition alike.
"""

from dataclasses import dataclass

from reporting.collection.checks import (
    change_kind_chosen,
    efforts_present,
    headline_result_present,
    last_years_problems_followed_up,
    next_steps_present,
    problems_answered,
    result_kind_chosen,
    results_present,
    status_chosen,
)
from reporting.collection.checks.finding import Missing
from reporting.collection.models import Entry, MinistryReport

CHECKS = (
    headline_result_present,
    result_kind_chosen,
    efforts_present,
    results_present,
    problems_answered,
    last_years_problems_followed_up,
    next_steps_present,
    status_chosen,
    change_kind_chosen,
)


@dataclass(frozen=True)
class CheckedEntry:
    entry: Entry
    missing: list[Missing]


def missing_in_entry(entry, previous) -> list[Missing]:
    """The rules that `entry` does not meet. `previous` is the ministry's entry of the year before, or None."""
    findings = (rule.check(entry, previous) for rule in CHECKS)
    return [finding for finding in findings if finding is not None]


def check_entries(report: MinistryReport, entries) -> list[CheckedEntry]:
    """Each of the report's `entries` (a queryset) in the plan's order with what it lacks. Two queries."""
    previous = {entry.action_point_id: entry for entry in Entry.objects.of_year_before(report)}
    return [
        CheckedEntry(entry, missing_in_entry(entry, previous.get(entry.action_point_id)))
        for entry in entries.select_related("action_point", "wording").in_plan_order()
    ]


def missing(report: MinistryReport) -> list[CheckedEntry]:
    """The entries that keep the report from being submitted. Empty: it can be submitted."""
    return [checked for checked in check_entries(report, report.entries.all()) if checked.missing]
