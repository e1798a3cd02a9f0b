"""The plan as the public reads it: what is in force in a year, and what was published on each action point."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from actionpoints.models import ActionPoint, ActionPointText, LeadAssignment, Ministry, Plan, Section, Theme
from common import markdown
from common.dates import today
from reporting.publication.models import Publication
from reporting.publication.rendering import labels


@dataclass
class PointInForce:
    """An action point with the text and the leads of one year."""

    action_point: ActionPoint
    wording: ActionPointText
    leads: list[Ministry]


@dataclass
class SectionInForce:
    section: Section
    points: list[PointInForce] = field(default_factory=list)


@dataclass
class ThemeInForce:
    theme: Theme
    sections: list[SectionInForce] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(section.points) for section in self.sections)


@dataclass
class PlanInForce:
    """A plan in one of its years."""

    plan: Plan
    year: int
    themes: list[ThemeInForce]

    @property
    def count(self) -> int:
        return sum(theme.count for theme in self.themes)

    @property
    def lead_count(self) -> int:
        return sum(len(point.leads) for theme in self.themes for section in theme.sections for point in section.points)

    @property
    def ministries(self) -> list[tuple[Ministry, int]]:
        """Those that lead something, in the plan's order, and how many action points each leads."""
        counts = Counter(
            lead
            for theme in self.themes
            for section in theme.sections
            for point in section.points
            for lead in point.leads
        )
        return sorted(counts.items(), key=lambda pair: (pair[0].position, pair[0].name_en))


def plan_in_force() -> PlanInForce | None:
    """The plan that covers this year, else the latest, with what is in force in it. None before a plan is loaded."""
    year = today().year
    plans = list(Plan.objects.order_by("-first_year"))
    plan = next((plan for plan in plans if plan.first_year <= year), plans[-1] if plans else None)
    if plan is None:
        return None
    year = min(max(year, plan.first_year), plan.last_year)
    leads = defaultdict(list)
    for assignment in LeadAssignment.objects.in_force(year).select_related("ministry"):
        leads[assignment.action_point_id].append(assignment.ministry)
    points = list(
        ActionPoint.objects.filter(section__theme__plan=plan)
        .with_wording(year)
        .in_plan_order()
        .select_related("section__theme")
    )
    wordings = ActionPointText.objects.in_bulk({point.wording_id for point in points if point.wording_id})
    themes: dict[int, ThemeInForce] = {}
    sections: dict[int, SectionInForce] = {}
    for point in points:
        if point.wording_id is None:
            continue
        section = point.section
        if section.theme_id not in themes:
            themes[section.theme_id] = ThemeInForce(section.theme)
        if section.pk not in sections:
            sections[section.pk] = SectionInForce(section)
            themes[section.theme_id].sections.append(sections[section.pk])
        sections[section.pk].points.append(PointInForce(point, wordings[point.wording_id], leads[point.pk]))
    return PlanInForce(plan, year, list(themes.values()))


def published_history(code: str) -> list[dict]:
    """What each year's newest edition says of an action point, newest year first. Read from the frozen snapshots alone."""
    history = []
    seen = set()
    publications = Publication.objects.select_related("round", "build__snapshot").order_by("-round__year", "-edition")
    for publication in publications:
        year = publication.round.year
        if year in seen:
            continue
        seen.add(year)
        content = publication.build.snapshot.content
        names = {ministry["code"]: ministry["name"] for ministry in content["ministries"]}
        point = _find(content, code)
        if point is None:
            continue
        history.append(
            {
                "year": year,
                "synthesis": markdown.render(point["synthesis"]),
                "cells": [
                    {
                        "ministry": names[cell["ministry"]],
                        "state": labels.state(cell),
                        "headline_result": cell.get("headline_result", ""),
                    }
                    for cell in point["cells"]
                ],
            }
        )
    return history


def _find(content: dict, code: str) -> dict | None:
    return next(
        (
            point
            for theme in content["themes"]
            for section in theme["sections"]
            for point in section["action_points"]
            if point["code"] == code
        ),
        None,
    )
