"""Countries, their listings, forums."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from priority_countries.models import Country, CountryListing, Forum


def letters(number: int) -> str:
    return "X" + chr(65 + number // 26 % 26) + chr(65 + number % 26)


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country

    iso3 = factory.Sequence(letters)
    m49 = factory.Sequence(lambda number: f"{number % 1000:03}")
    name_en = factory.LazyAttribute(lambda row: f"Country {row.iso3}")
    name_nb = factory.LazyAttribute(lambda row: f"Land {row.iso3}")
    name_nn = factory.LazyAttribute(lambda row: f"Land {row.iso3}")
    latitude = Decimal("10.00")
    longitude = Decimal("20.00")


class CountryListingFactory(DjangoModelFactory):
    class Meta:
        model = CountryListing

    country = factory.SubFactory(CountryFactory)
    first_year = 2023

    class Params:
        ended = factory.Trait(last_year=2025, reason_ended="The programme has ended.")


class ForumFactory(DjangoModelFactory):
    class Meta:
        model = Forum

    abbreviation = factory.Sequence(lambda number: f"F{number}")
    name_en = factory.LazyAttribute(lambda row: f"Forum {row.abbreviation}")
    position = factory.Sequence(int)
    first_year = 2023
