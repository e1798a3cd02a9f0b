"""Each rule about countries, listings and forums that the database keeps, provoked."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from priority_countries.models import CountryListing, Forum
from tests.factories.actionpoints import PlanFactory
from tests.factories.priority_countries import CountryFactory, CountryListingFactory, ForumFactory

pytestmark = pytest.mark.django_db


def refused_by(name: str):
    """PostgreSQL names the constraint; SQLite names the columns of a unique one."""
    return pytest.raises(IntegrityError, match=f"{name}|UNIQUE constraint failed")


def test_country_codes_unique():
    with refused_by("iso3"):
        CountryFactory.create_batch(2, iso3="SYR")


def test_country_numbers_unique():
    with refused_by("m49"):
        CountryFactory.create_batch(2, m49="760")


def test_country_listed_once_at_a_time():
    listing = CountryListingFactory()
    with refused_by("country_listed_once_at_a_time"):
        CountryListingFactory(country=listing.country, first_year=2026)


def test_country_listing_once_a_year():
    listing = CountryListingFactory(ended=True)
    with refused_by("country_listing_once_a_year"):
        CountryListingFactory(country=listing.country)


def test_country_listing_years_in_order():
    with refused_by("country_listing_years_in_order"):
        CountryListingFactory(first_year=2027, last_year=2026, reason_ended="x")


def test_country_listing_end_has_reason():
    with refused_by("country_listing_end_has_reason"):
        CountryListingFactory(last_year=2026)


def test_forum_years_in_order():
    with refused_by("forum_years_in_order"):
        ForumFactory(first_year=2027, last_year=2026)


def test_forum_abbreviation_unique():
    with refused_by("abbreviation"):
        ForumFactory.create_batch(2, abbreviation="NATO")


@pytest.mark.parametrize("code", ["AF", "afg", "AFGH", "AF1"])
def test_a_country_code_is_three_capital_letters(code):
    with pytest.raises(ValidationError) as refused:
        CountryFactory.build(iso3=code).full_clean()
    assert list(refused.value.message_dict) == ["iso3"]


def test_years_stay_inside_the_plan():
    PlanFactory()
    with pytest.raises(ValidationError, match="The plan runs from 2023 to 2030"):
        CountryListingFactory(first_year=2022).full_clean()
    with pytest.raises(ValidationError, match="The plan runs from 2023 to 2030"):
        ForumFactory(last_year=2031).full_clean()


def test_listings_of_one_country_do_not_overlap():
    listing = CountryListingFactory(ended=True)
    for years in ({"first_year": 2025}, {"first_year": 2024, "last_year": 2024, "reason_ended": "x"}):
        with pytest.raises(ValidationError, match="already in some of these years"):
            CountryListing(country=listing.country, **years).full_clean()
    CountryListing(country=listing.country, first_year=2026).full_clean()


def test_in_force():
    ended, open_ended = CountryListingFactory(ended=True), CountryListingFactory(first_year=2025)
    in_force = CountryListing.objects.in_force
    assert set(in_force(2024)) == {ended}
    assert set(in_force(2025)) == {ended, open_ended}
    assert set(in_force(2030)) == {open_ended}
    forum = ForumFactory(first_year=2024, last_year=2024)
    assert [list(Forum.objects.in_force(year)) for year in (2023, 2024, 2025)] == [[], [forum], []]
