"""The snapshot: the publishable content of a round, each field named here. What is not named here cannot be published."""

import hashlib
import json
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actionpoints.models import Resolution
from common.dates import OSLO, today
from reporting.collection.enums import MinistryReportState
from reporting.collection.models import Entry, MinistryReport, Round
from reporting.publication.models import Snapshot
from reporting.synthesis.enums import Chapter
from reporting.synthesis.models import Synthesis

SCHEMA = "1"
LANGUAGE = "en"
# The fields of an accepted entry that are published. Evidence, internal notes and names of people are not among them.
ENTRY_FIELDS = (
    "headline_result",
    "efforts",
    "results",
    "problems",
    "problems_follow_up",
    "next_steps",
    "change_kind",
    "result_kind",
    "partners",
)
# Where a cell stands: what is read beside the published fields, to place the cell and to decide whether it is published.
CELL_FIELDS = (
    "pk",
    "status",
    "do_no_harm",
    "report_id",
    "report__ministry__code",
    "wording__text_en",
    "action_point__code",
    "action_point__orientation",
    "action_point__section_id",
    "action_point__section__title_en",
    "action_point__section__theme__number",
    "action_point__section__theme__title_en",
)


def take_snapshot(round: Round) -> Snapshot:
    """Freeze the round's content as it is now; the row that holds the same content already is given back, with its day.

    The reports stay locked while they are read: one that is reopened meanwhile waits, and is in the snapshot as accepted.
    """
    with transaction.atomic():
        list(MinistryReport.objects.select_for_update(of=("self",)).filter(round=round).order_by("pk"))
        content = snapshot_content(round)
        content_hash = hash_of(content)
        snapshot, _created = Snapshot.objects.get_or_create(
            round=round,
            content_hash=content_hash,
            defaults={"content": {**content, "as_of": today().isoformat()}},
        )
    return snapshot


def hash_of(content: dict) -> str:
    """SHA-256 of the content without its day, keys sorted."""
    timeless = {key: value for key, value in content.items() if key != "as_of"}
    return hashlib.sha256(canonical(timeless)).hexdigest()


def canonical(content: dict) -> bytes:
    """The content as JSON with sorted keys: the same content gives the same bytes."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()


def snapshot_content(round: Round) -> dict:
    """The content of the round that may be published, without its day. Reads, and writes nothing."""
    plan = round.plan
    reports = list(round.reports.select_related("ministry").order_by("ministry__position", "ministry__name_en"))
    accepted = {report.pk for report in reports if report.state == MinistryReportState.ACCEPTED}
    syntheses = dict(
        Synthesis.objects.filter(round=round, language=LANGUAGE, action_point__isnull=False).values_list(
            "action_point__code", "text"
        )
    )
    chapters = dict(
        Synthesis.objects.filter(round=round, language=LANGUAGE).exclude(chapter="").values_list("chapter", "text")
    )
    return {
        "schema": SCHEMA,
        "demonstration": settings.DEMONSTRATION,
        "year": round.year,
        "language": LANGUAGE,
        "publication_due_on": round.publication_due_on.isoformat(),
        "plan": {
            "title": plan.title_en,
            "ordinal": plan.ordinal,
            "country": plan.country,
            "first_year": plan.first_year,
            "last_year": plan.last_year,
        },
        "ministries": [_ministry(report) for report in reports],
        "chapters": {chapter.value: chapters.get(chapter.value, "") for chapter in Chapter},
        "themes": _themes(round, accepted, syntheses),
        "countries": [
            {
                "iso3": listed.country.iso3,
                "name": listed.name_en,
                "latitude": float(listed.country.latitude),
                "longitude": float(listed.country.longitude),
                "first_year": listed.listed_from,
            }
            for listed in round.countries.select_related("country").order_by("name_en", "pk")
        ],
        "forums": [
            {"abbreviation": covered.forum.abbreviation, "name": covered.forum.name_en}
            for covered in round.forums.select_related("forum").order_by("forum__position", "forum__abbreviation")
        ],
        "resolutions": [
            {"number": number, "year": year, "main_message": main_message}
            for number, year, main_message in Resolution.objects.order_by("number").values_list(
                "number", "year", "main_message"
            )
        ],
    }


def _ministry(report: MinistryReport) -> dict:
    accepted = report.state == MinistryReportState.ACCEPTED and report.accepted_at is not None
    return {
        "code": report.ministry.code,
        "name": report.ministry.name_en,
        "abbreviation": report.ministry.abbreviation,
        "accepted_on": timezone.localdate(report.accepted_at, timezone=OSLO).isoformat() if accepted else None,
    }


def _themes(round: Round, accepted: set[int], syntheses: dict[str, str]) -> list[dict]:
    """The plan's three levels as the round froze them, with the cells of the lead ministries in order."""
    rows = Entry.objects.filter(report__round=round).in_plan_order().values(*CELL_FIELDS, *ENTRY_FIELDS)
    tags = _tags(round)
    themes: dict[int, dict] = {}
    sections: dict[int, dict] = {}
    points: dict[str, dict] = {}
    for row in rows:
        code, number = row["action_point__code"], row["action_point__section__theme__number"]
        if number not in themes:
            themes[number] = {
                "number": number,
                "title": row["action_point__section__theme__title_en"],
                "sections": [],
            }
        section_id = row["action_point__section_id"]
        if section_id not in sections:
            sections[section_id] = {"title": row["action_point__section__title_en"], "action_points": []}
            themes[number]["sections"].append(sections[section_id])
        if code not in points:
            points[code] = {
                "code": code,
                "text": row["wording__text_en"],
                "orientation": row["action_point__orientation"],
                "leads": [],
                "synthesis": syntheses.get(code, ""),
                "cells": [],
            }
            sections[section_id]["action_points"].append(points[code])
        points[code]["leads"].append(row["report__ministry__code"])
        points[code]["cells"].append(_cell(row, tags, is_accepted=row["report_id"] in accepted))
    return list(themes.values())


def _cell(row: dict, tags: dict[str, dict[int, list]], *, is_accepted: bool) -> dict:
    """An accepted cell; of one that is not accepted, or whose publication could harm somebody, that it exists."""
    ministry = row["report__ministry__code"]
    if not is_accepted or row["do_no_harm"]:
        return {"ministry": ministry, "status": None, "withheld": is_accepted}
    return {
        "ministry": ministry,
        "status": row["status"] or None,
        **{field: row[field] for field in ENTRY_FIELDS},
        **{field: by_entry[row["pk"]] for field, by_entry in tags.items()},
    }


def _tags(round: Round) -> dict[str, dict[int, list]]:
    """Field → entry → codes, sorted."""
    columns = {"countries": "country__iso3", "forums": "forum__abbreviation", "resolutions": "resolution__number"}
    found: dict[str, dict[int, list]] = {}
    for field, column in columns.items():
        found[field] = defaultdict(list)
        through = getattr(Entry, field).through
        pairs = through.objects.filter(entry__report__round=round).order_by(column).values_list("entry_id", column)
        for entry_id, code in pairs:
            found[field][entry_id].append(code)
    return found
