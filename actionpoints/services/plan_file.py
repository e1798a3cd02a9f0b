"""The plan's part of a plan file: ministries, themes, sections, action points with texts and leads, resolutions."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.enums import OrganisationKind
from actionpoints.enums import Orientation
from actionpoints.models import (
    ActionPoint,
    ActionPointText,
    LeadAssignment,
    Ministry,
    Plan,
    Resolution,
    Section,
    Theme,
)
from common.datafile.reading import Part, refuse_overlap, refuse_repeated
from common.datafile.rows import Row
from common.localised import LANGUAGES


@dataclass(frozen=True)
class Years:
    """The years of the plan, both included."""

    first: int
    last: int

    def read(self, part: Part) -> int:
        """A year of the plan; any other is refused."""
        year = part.whole_number(0, 9999)
        if not self.first <= year <= self.last:
            part.refuse(f"{year} is outside the plan, which runs from {self.first} to {self.last}")
        return year

    def read_span(self, first: Part, last: Part | None) -> tuple[int, int | None]:
        """A first and a last year, the last one possibly open."""
        span = (self.read(first), self.read(last) if last else None)
        if last and span[1] is not None and span[1] < span[0]:
            last.refuse(f"{span[1]} is before the first year, {span[0]}")
        return span


def names(part: Part, field: str, *required: str) -> dict[str, str]:
    """`{"en": …, "nb": …, "nn": …}` as the values of field_en, field_nb, field_nn; what may be absent becomes empty."""
    given = part.keys(*required, optional=LANGUAGES)
    return {f"{field}_{code}": given[code].text() if code in given else "" for code in LANGUAGES}


def read_plan(part: Part) -> tuple[Row, Years]:
    """The plan itself and the years that everything else in the file is held against."""
    labels = {"theme": "theme_label", "section": "section_label", "action_point": "action_point_label"}
    given = part.keys("code", "title", "ordinal", "country", "first_year", "last_year", optional=["labels"])
    first = given["first_year"].whole_number(2000, 2100)
    years = Years(first, given["last_year"].whole_number(first, 2100))
    values = {
        **names(given["title"], "title", "en"),
        "ordinal": given["ordinal"].text(),
        "country": given["country"].text(),
        "first_year": years.first,
        "last_year": years.last,
    }
    if "labels" in given:
        values |= {labels[name]: word.text() for name, word in given["labels"].keys(optional=labels).items()}
    code = given["code"].text()
    return Row(part.path, Plan, {"code": code}, values, code), years


def read_ministries(part: Part) -> dict[str, Row]:
    """The ministries by code, in the order of tables."""
    items = part.items()
    rows = []
    for position, item in enumerate(items, 1):
        given = item.keys("code", "name", "abbreviation", "abbreviation_nb")
        values = {
            "kind": OrganisationKind.MINISTRY.value,
            **names(given["name"], "name", "en", "nb", "nn"),
            "abbreviation": given["abbreviation"].text(),
            "abbreviation_nb": given["abbreviation_nb"].text(),
            "position": position,
        }
        code = given["code"].text()
        rows.append(Row(item.path, Ministry, {"code": code}, values, code))
    refuse_repeated(items, [row.label for row in rows], "ministry")
    return {row.label: row for row in rows}


def read_themes(part: Part, plan: Row, years: Years, ministries: dict[str, Row]) -> list[Row]:
    """Themes, sections, action points, texts and leads, each after what it belongs to."""
    rows: list[Row] = []
    themes, numbers = part.items(), []
    points: list[tuple[Part, str]] = []
    for item in themes:
        given = item.keys("number", "title", "sections")
        number = given["number"].whole_number(0, 99)
        numbers.append(number)
        theme = Row(
            item.path, Theme, {"plan": plan, "number": number}, names(given["title"], "title", "en"), str(number)
        )
        rows.append(theme)
        for position, section_item in enumerate(given["sections"].items(), 1):
            section_given = section_item.keys("title", "action_points")
            title = names(section_given["title"], "title", "en")
            section = Row(
                section_item.path, Section, {"theme": theme, "position": position}, title, f"{number}/{position}"
            )
            rows.append(section)
            for place, point_item in enumerate(section_given["action_points"].items(), 1):
                point_rows = _read_action_point(point_item, section, place, years, ministries)
                points.append((Part(None, f"{point_item.path}.code"), point_rows[0].label))
                rows.extend(point_rows)
    refuse_repeated(themes, numbers, "theme number")
    refuse_repeated([point for point, _ in points], [code for _, code in points], "code")
    return rows


def _read_action_point(part: Part, section: Row, position: int, years: Years, ministries: dict[str, Row]) -> list[Row]:
    given = part.keys("code", "orientation", "texts", "leads")
    code = given["code"].text()
    values = {
        "section": section,
        "position": position,
        "orientation": given["orientation"].one_of(Orientation.values, "orientation"),
    }
    point = Row(part.path, ActionPoint, {"code": code}, values, code, place="position")
    return [
        point,
        *_read_texts(given["texts"], point, years),
        *_read_leads(given["leads"], point, years, ministries),
    ]


def _read_texts(part: Part, point: Row, years: Years) -> list[Row]:
    items, rows = part.items(), []
    for item in items:
        given = item.keys("first_year", "en", optional=LANGUAGES)
        first = years.read(given["first_year"])
        texts = {f"text_{code}": given[code].text() if code in given else "" for code in LANGUAGES}
        key = {"action_point": point, "first_year": first}
        rows.append(Row(item.path, ActionPointText, key, texts, f"{point.label} from {first}"))
    refuse_repeated(items, [row.key["first_year"] for row in rows], "first year")
    return rows


def _read_leads(part: Part, point: Row, years: Years, ministries: dict[str, Row]) -> list[Row]:
    items, rows = part.items(), []
    spans: dict[str, list[tuple[Part, tuple[int, int | None]]]] = {}
    for position, item in enumerate(items, 1):
        given = item.keys("ministry", "first_year", "last_year")
        if given["ministry"].text() not in ministries:
            item.refuse(f'unknown ministry "{given["ministry"].value}"')
        ministry = ministries[given["ministry"].text()]
        first, last = years.read_span(given["first_year"], given["last_year"])
        spans.setdefault(ministry.label, []).append((item, (first, last)))
        key = {"action_point": point, "ministry": ministry, "first_year": first}
        values = {"last_year": last, "position": position}
        rows.append(Row(item.path, LeadAssignment, key, values, f"{point.label} {ministry.label} from {first}"))
    for label, given_spans in spans.items():
        refuse_overlap([item for item, _ in given_spans], [span for _, span in given_spans], f"the lead of {label}")
    return rows


def read_resolutions(part: Part) -> list[Row]:
    items, rows = part.items(), []
    for item in items:
        given = item.keys("number", "year", "main_message")
        number = given["number"].whole_number(1, 9999)
        values = {"year": given["year"].whole_number(1946, 2100), "main_message": given["main_message"].text()}
        rows.append(Row(item.path, Resolution, {"number": number}, values, str(number)))
    refuse_repeated(items, [row.label for row in rows], "resolution")
    return rows


def plan_scopes(code: str) -> list[QuerySet]:
    """What the database holds of this plan, to be held against a file that ought to list all of it."""
    return [
        Ministry.objects.order_by("position"),
        Theme.objects.filter(plan__code=code),
        Section.objects.filter(theme__plan__code=code),
        ActionPoint.objects.filter(section__theme__plan__code=code),
        ActionPointText.objects.filter(action_point__section__theme__plan__code=code).select_related("action_point"),
        LeadAssignment.objects.filter(action_point__section__theme__plan__code=code).select_related(
            "action_point", "ministry"
        ),
        Resolution.objects.all(),
    ]
