"""The invented texts, read from fixtures/demonstration: a folder per year, a file per action point."""

import tomllib
from dataclasses import dataclass

from django.conf import settings

DIRECTORY = settings.BASE_DIR / "fixtures" / "demonstration"
Fields = dict[str, object]


@dataclass(frozen=True)
class YearTexts:
    """`entries`: (action-point code, ministry code) → fields. `syntheses`: action-point code or chapter → text."""

    entries: dict[tuple[str, str], Fields]
    syntheses: dict[str, str]


def read_year(folder: str, year: int) -> YearTexts:
    """Read `full_year`, `previous_year` or `current_year`, with its years written out. Raises OSError, TOMLDecodeError."""
    entries: dict[tuple[str, str], Fields] = {}
    syntheses: dict[str, str] = {}
    for path in sorted((DIRECTORY / folder).glob("*.toml")):
        content = _written_out(tomllib.loads(path.read_text(encoding="utf-8")), year)
        if path.stem == "chapters":
            syntheses.update(content)
            continue
        if content.get("synthesis"):
            syntheses[path.stem] = content["synthesis"]
        for entry in content.get("entries", []):
            entries[path.stem, entry.pop("ministry")] = entry
    return YearTexts(entries, syntheses)


def _written_out(value, year: int):
    """Replace {year}, {previous_year} and {next_year} in every text and drop the line breaks around it."""
    if isinstance(value, str):
        for name, written in (("previous_year", year - 1), ("next_year", year + 1), ("year", year)):
            value = value.replace(f"{{{name}}}", str(written))
        return value.strip()
    if isinstance(value, list):
        return [_written_out(item, year) for item in value]
    if isinstance(value, dict):
        return {key: _written_out(item, year) for key, item in value.items()}
    return value
