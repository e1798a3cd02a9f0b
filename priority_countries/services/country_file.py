"""The part of a plan file about countries, the years they are listed, and forums."""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import QuerySet

from common.datafile.reading import Part, refuse_overlap, refuse_repeated
from common.datafile.rows import Row
from common.localised import LANGUAGES
from priority_countries.models import Country, CountryListing, Forum

Span = Callable[[Part, Part | None], tuple[int, int | None]]


def read_countries(part: Part, read_span: Span) -> list[Row]:
    """Countries, each followed by its listings. `read_span` refuses years outside the plan."""
    items = part.items()
    rows: list[Row] = []
    codes: list[str] = []
    numbers: list[str] = []
    for item in items:
        given = item.keys("iso3", "m49", "name", "latitude", "longitude", "listings")
        iso3, m49 = given["iso3"].text(), given["m49"].text()
        codes.append(iso3)
        numbers.append(m49)
        values = {
            "m49": m49,
            **{f"name_{code}": name.text() for code, name in given["name"].keys(*LANGUAGES).items()},
            "latitude": Decimal(str(given["latitude"].number())),
            "longitude": Decimal(str(given["longitude"].number())),
        }
        country = Row(item.path, Country, {"iso3": iso3}, values, iso3)
        rows += [country, *_read_listings(given["listings"], country, read_span)]
    refuse_repeated(items, codes, "country")
    refuse_repeated(items, numbers, "M49 code")
    return rows


def _read_listings(part: Part, country: Row, read_span: Span) -> list[Row]:
    items, rows, spans = part.items(), [], []
    for item in items:
        given = item.keys("first_year", optional=["last_year", "reason_listed", "reason_ended"])
        first, last = read_span(given["first_year"], given.get("last_year"))
        reasons = {name: given[name].text() if name in given else "" for name in ("reason_listed", "reason_ended")}
        if last is not None and not reasons["reason_ended"]:
            item.refuse('missing "reason_ended": say why the listing ends')
        spans.append((first, last))
        key = {"country": country, "first_year": first}
        rows.append(
            Row(item.path, CountryListing, key, {"last_year": last, **reasons}, f"{country.label} from {first}")
        )
    refuse_overlap(items, spans, f"the listing of {country.label}")
    return rows


def read_forums(part: Part, read_span: Span) -> list[Row]:
    """Forums in the order given."""
    items, rows = part.items(), []
    for position, item in enumerate(items, 1):
        given = item.keys("abbreviation", "name", "first_year", optional=["last_year"])
        first, last = read_span(given["first_year"], given.get("last_year"))
        name = given["name"].keys("en", optional=LANGUAGES)
        values = {
            **{f"name_{code}": name[code].text() if code in name else "" for code in LANGUAGES},
            "position": position,
            "first_year": first,
            "last_year": last,
        }
        abbreviation = given["abbreviation"].text()
        rows.append(Row(item.path, Forum, {"abbreviation": abbreviation}, values, abbreviation))
    refuse_repeated(items, [row.label for row in rows], "forum")
    return rows


def country_scopes() -> list[QuerySet]:
    """Everything that a plan file ought to list of countries and forums."""
    return [Country.objects.all(), CountryListing.objects.select_related("country"), Forum.objects.all()]
