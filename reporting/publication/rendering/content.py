"""The snapshot arranged for the templates: labels for keys, names for codes, Markdown rendered, numbers counted."""

import textwrap
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from common import markdown
from reporting.publication.rendering import labels, statistics


def prose(text: str, name: str) -> SafeString:
    """Restricted Markdown as HTML, each table in a focusable region that scrolls by itself; `name` says whose text it is."""
    pieces = markdown.render(text).split("<table>")
    html = pieces[0]
    for number, piece in enumerate(pieces[1:], start=1):
        label = _("%(name)s: table %(number)s") % {"name": name, "number": number}
        html += format_html('<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>', label)
        html += piece.replace("</table>", "</table></div>", 1)
    return mark_safe(html)  # nosec B308 B703 # cleaned Markdown and format_html


def theme(snapshot: dict, source: dict) -> dict:
    """One theme with its sections and action points as the templates show them."""
    ministries = {ministry["code"]: ministry for ministry in snapshot["ministries"]}
    cells = statistics.theme_cells(source)
    return {
        "id": f"theme-{source['number']}",
        "number": source["number"],
        "title": source["title"],
        "action_points": sum(len(section["action_points"]) for section in source["sections"]),
        "cells": len(cells),
        "states": [
            {"label": label, "count": count}
            for label, count in zip(labels.STATUSES, statistics.status_counts(cells), strict=True)
            if count
        ],
        "sections": [
            {
                "id": f"theme-{source['number']}-{slugify(section['title'])}",
                "title": section["title"],
                "action_points": [_action_point(point, ministries) for point in section["action_points"]],
            }
            for section in source["sections"]
        ],
    }


def _action_point(source: dict, ministries: dict[str, dict]) -> dict:
    orientations = {
        "both": _("National and international"),
        "national": _("National"),
        "international": _("International"),
    }
    return {
        "id": f"action-point-{source['code']}",
        "code": source["code"],
        "text": source["text"],
        "bookmark": f"{source['code']} {_shortened(source['text'], 70)}",
        "excerpt": _shortened(source["text"], 105),
        "orientation": orientations[source["orientation"]],
        "leads": [ministries[code] for code in source["leads"]],
        "synthesis": prose(source["synthesis"], _("Synthesis of %(code)s") % {"code": source["code"]}),
        "cells": [_cell(cell, source["code"], ministries) for cell in source["cells"]],
    }


def _shortened(text: str, length: int) -> str:
    """The text in at most `length` characters, cut between words."""
    return textwrap.shorten(text, length, placeholder=" …")


def _cell(source: dict, code: str, ministries: dict[str, dict]) -> dict:
    ministry = ministries[source["ministry"]]
    owner = _("Problems, %(ministry)s, %(code)s") % {"ministry": ministry["name"], "code": code}
    return {
        "ministry": ministry,
        "state": labels.state(source),
        "published": bool(source.get("status")),
        "headline_result": source.get("headline_result", ""),
        "problems": prose(source.get("problems", ""), owner),
        "change_kind": labels.change_kind(source),
        "result_kind": labels.result_kind(source),
    }


def lead_matrix(snapshot: dict, themes: list[dict]) -> list[dict]:
    """Annex A: per theme its action points, each with one place per ministry: the lead's place in the plan's order, or 0."""
    codes = [ministry["code"] for ministry in snapshot["ministries"]]
    return [
        {
            **theme,
            "rows": [
                {"point": point, "places": [_place(point, code) for code in codes]}
                for section in theme["sections"]
                for point in section["action_points"]
            ],
        }
        for theme in themes
    ]


def _place(point: dict, code: str) -> int:
    codes = [lead["code"] for lead in point["leads"]]
    return codes.index(code) + 1 if code in codes else 0


def reports_in_brief(snapshot: dict, themes: list[dict]) -> list[dict]:
    """Annex B: per ministry the date its report was accepted and its cells in the order of the plan."""
    points = [point for theme in themes for section in theme["sections"] for point in section["action_points"]]
    return [
        {
            "id": f"annex-b-{ministry['code']}",
            "ministry": ministry,
            "accepted_on": date.fromisoformat(ministry["accepted_on"]) if ministry["accepted_on"] else None,
            "rows": [
                {"point": point, "cell": cell}
                for point in points
                for cell in point["cells"]
                if cell["ministry"]["code"] == ministry["code"]
            ],
        }
        for ministry in snapshot["ministries"]
    ]


def countries(snapshot: dict) -> list[dict]:
    """The priority countries with the action points whose published cells name them, and by which ministries."""
    return [{**country, **_mentions(snapshot, "countries", country["iso3"])} for country in snapshot["countries"]]


def forums(snapshot: dict) -> list[dict]:
    """The forums with the action points whose published cells name them, and by which ministries."""
    return [{**forum, **_mentions(snapshot, "forums", forum["abbreviation"])} for forum in snapshot["forums"]]


def resolutions(snapshot: dict) -> list[dict]:
    """The resolutions with the action points whose published cells name them."""
    return [
        {**resolution, **_mentions(snapshot, "resolutions", resolution["number"])}
        for resolution in snapshot["resolutions"]
    ]


def _mentions(snapshot: dict, field: str, value: str | int) -> dict:
    points = [
        (point, [cell["ministry"] for cell in point["cells"] if value in cell.get(field, [])])
        for point in statistics.action_points(snapshot)
    ]
    named = {code for _point, codes in points for code in codes}
    return {
        "points": [{"id": f"action-point-{point['code']}", "code": point["code"]} for point, codes in points if codes],
        "ministries": [ministry for ministry in snapshot["ministries"] if ministry["code"] in named],
    }
