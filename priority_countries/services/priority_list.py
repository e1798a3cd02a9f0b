"""The priority list of one year, and what is different from the year before."""

from dataclasses import dataclass

from priority_countries.models import CountryListing


@dataclass(frozen=True)
class PriorityList:
    """The listings in force in `year`, by name; those that began with it; those of the year before that are gone."""

    year: int
    listings: list[CountryListing]
    added: list[CountryListing]
    ended: list[CountryListing]

    @property
    def has_changed(self) -> bool:
        return bool(self.added or self.ended)


def priority_list(year: int) -> PriorityList:
    """Two queries. A country whose new listing follows the old one without a gap has not changed."""
    now = _of(year)
    before = _of(year - 1)
    was, is_now = {item.country_id for item in before}, {item.country_id for item in now}
    return PriorityList(
        year,
        now,
        added=[item for item in now if item.country_id not in was],
        ended=[item for item in before if item.country_id not in is_now],
    )


def _of(year: int) -> list[CountryListing]:
    listings = CountryListing.objects.in_force(year).select_related("country")
    return sorted(listings, key=lambda listing: listing.country.name)
