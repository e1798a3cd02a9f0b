"""What the models of countries, listings and forums refuse before the database has to, and what is in force in a year."""

import pytest
from django.core.exceptions import ValidationError

from priority_countries.models import CountryListing, Forum
from tests.factories.actionpoints import PlanFactory
from tests.factories.priority_countries import CountryFactory, CountryListingFactory, ForumFactory

pytestmark = pytest.mark.django_db


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
