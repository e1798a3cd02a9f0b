"""Which years the demonstration shows, relative to a day."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class DemonstrationYears:
    """`full` and `previous` are published; `current` is being reported on."""

    previous: int
    full: int
    current: int


def demonstration_years(day: datetime.date, *, first_year: int, last_year: int) -> DemonstrationYears:
    """The full year is the latest one whose publication day, 1 August of the year after, has come.

    The three years stay inside the plan's; a plan of fewer than three years is refused.
    """
    if last_year - first_year < 2:
        raise ImproperlyConfigured("The demonstration needs a plan of at least three years.")
    published = day.year - 1 if day >= datetime.date(day.year, 8, 1) else day.year - 2
    full = min(max(published, first_year + 1), last_year - 1)
    return DemonstrationYears(previous=full - 1, full=full, current=full + 1)
