"""The overview of a round: action points down, ministries across, a state in every cell."""

from dataclasses import dataclass, field

from django.urls import reverse

from actionpoints.models import ActionPoint, Section
from reporting.collection.enums import EntryState, MinistryReportState
from reporting.collection.models import Entry, MinistryReport, Round


@dataclass
class Cell:
    """`state` is the entry's while the ministry writes, and the report's once it is handed in. `url` only if visible."""

    state: str
    label: str
    url: str


@dataclass
class Row:
    action_point: ActionPoint
    text: str
    cells: list[Cell | None]


@dataclass
class Group:
    section: Section
    rows: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Theme and section, or one of them where both have the same title."""
        titles = dict.fromkeys((self.section.theme.title, self.section.title))
        return " › ".join(titles)


@dataclass
class Column:
    report: MinistryReport
    url: str
    ready: int = 0
    total: int = 0


@dataclass
class Grid:
    columns: list[Column]
    groups: list[Group] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(column.total for column in self.columns)

    @property
    def accepted(self) -> int:
        return sum(column.report.state == MinistryReportState.ACCEPTED for column in self.columns)

    @property
    def submitted(self) -> int:
        return sum(column.report.state == MinistryReportState.SUBMITTED for column in self.columns)


def grid(round: Round, user) -> Grid:
    """Four queries however many cells. Everyone who sees the round sees all states; links lead only to what they may see."""
    reports = list(round.reports.select_related("ministry").order_by("ministry__position", "ministry__name_en"))
    seen_reports = set(MinistryReport.objects.for_user(user).filter(round=round).values_list("pk", flat=True))
    seen_entries = set(Entry.objects.for_user(user).filter(report__round=round).values_list("pk", flat=True))
    columns = {}
    for report in reports:
        report.round = round
        url = reverse("collection:ministry_report", args=[round.year, report.ministry.code])
        columns[report.pk] = Column(report, url if report.pk in seen_reports else "")
    result = Grid(list(columns.values()), counts=dict.fromkeys(EntryState.values, 0))
    place = {report.pk: number for number, report in enumerate(reports)}
    rows: dict[int, Row] = {}
    entries = (
        Entry.objects.filter(report__round=round)
        .select_related("action_point__section__theme", "wording")
        .only(
            "report_id", "state", "position", "action_point__code", "wording__text_en", "wording__text_nb",
            "wording__text_nn", "action_point__section__title_en", "action_point__section__title_nb",
            "action_point__section__title_nn", "action_point__section__theme__number",
            "action_point__section__theme__title_en", "action_point__section__theme__title_nb",
            "action_point__section__theme__title_nn",
        )
        .in_plan_order()
    )  # fmt: skip
    for entry in entries:
        point = entry.action_point
        if point.pk not in rows:
            if not result.groups or result.groups[-1].section.pk != point.section_id:
                result.groups.append(Group(point.section))
            rows[point.pk] = Row(point, entry.wording.text, [None] * len(reports))
            result.groups[-1].rows.append(rows[point.pk])
        column = columns[entry.report_id]
        column.total += 1
        column.ready += entry.state == EntryState.READY
        result.counts[entry.state] += 1
        url = reverse("collection:entry", args=[round.year, column.report.ministry.code, point.code])
        rows[point.pk].cells[place[entry.report_id]] = _cell(entry, column, url if entry.pk in seen_entries else "")
    return result


def _cell(entry: Entry, column: Column, url: str) -> Cell:
    report = column.report
    if report.state in (MinistryReportState.SUBMITTED, MinistryReportState.ACCEPTED):
        return Cell(report.state, report.get_state_display(), url)
    return Cell(entry.state, entry.get_state_display(), url)
