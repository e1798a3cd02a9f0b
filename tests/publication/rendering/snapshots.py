"""A small snapshot made by hand: two themes, three ministries, every kind of cell."""

from copy import deepcopy
from typing import Any

MFA = {"code": "mfa", "name": "Ministry of Foreign Affairs", "abbreviation": "MFA", "accepted_on": "2026-04-10"}
DEFENCE = {"code": "defence", "name": "Ministry of Defence", "abbreviation": "MoD", "accepted_on": "2026-04-12"}
CLIMATE = {
    "code": "climate",
    "name": "Ministry of Climate and Environment",
    "abbreviation": "MCE",
    "accepted_on": None,
}


def cell(ministry: str, **fields: Any) -> dict:
    """A published cell; the fields replace those written here."""
    return {
        "ministry": ministry,
        "status": "on_track",
        "headline_result": f"Headline of {ministry}.",
        "efforts": "Efforts.",
        "results": "Results.",
        "problems": "Problems **admitted**.",
        "problems_follow_up": "",
        "next_steps": "",
        "change_kind": "new",
        "result_kind": "outcome",
        "partners": "",
        "countries": [],
        "forums": [],
        "resolutions": [],
        **fields,
    }


def point(code: str, cells: list[dict], synthesis: str) -> dict:
    """An action point led by the ministries of its cells."""
    return {
        "code": code,
        "text": f"Do what {code} says & do it well",
        "orientation": "both",
        "leads": [one["ministry"] for one in cells],
        "synthesis": synthesis,
        "cells": cells,
    }


SMALL: dict[str, Any] = {
    "schema": "1",
    "demonstration": True,
    "year": 2025,
    "language": "en",
    "as_of": "2026-06-15",
    "publication_due_on": "2026-08-01",
    "plan": {
        "title": "Women, Peace and Security",
        "ordinal": "Norway’s fifth National Action Plan",
        "country": "NO",
        "first_year": 2023,
        "last_year": 2030,
    },
    "ministries": [MFA, DEFENCE, CLIMATE],
    "chapters": {"introduction": "An introduction.\n\n# A heading typed by somebody", "highlights": ""},
    "themes": [
        {
            "number": 0,
            "title": "General action points",
            "sections": [
                {
                    "title": "General action points",
                    "action_points": [
                        point(
                            "G1",
                            [
                                cell("mfa", countries=["AFG", "UKR"], forums=["UN"], resolutions=[1325]),
                                cell("defence", status="delayed", countries=["UKR"], result_kind="output"),
                                {"ministry": "climate", "status": None, "withheld": False},
                            ],
                            "Twelve of **nineteen** missions reported a change.",
                        ),
                        point("G2", [{"ministry": "mfa", "status": None, "withheld": True}], ""),
                    ],
                }
            ],
        },
        {
            "number": 1,
            "title": "Peace processes",
            "sections": [
                {
                    "title": "Peace and reconciliation",
                    "action_points": [
                        point(
                            "1.1",
                            [cell("defence", status="completed", change_kind="")],
                            "The share rose.\n\n| Year | Women |\n|---|---|\n| 2025 | 4/38 |",
                        )
                    ],
                }
            ],
        },
    ],
    "countries": [
        {"iso3": "AFG", "name": "Afghanistan", "latitude": 33.9, "longitude": 67.7, "first_year": 2023},
        {"iso3": "UKR", "name": "Ukraine", "latitude": 48.4, "longitude": 31.2, "first_year": 2024},
    ],
    "forums": [{"abbreviation": "UN", "name": "United Nations"}],
    "resolutions": [{"number": 1325, "year": 2000, "main_message": "Participation & protection."}],
}


def small_snapshot() -> dict[str, Any]:
    """A copy that a test may change."""
    return deepcopy(SMALL)
