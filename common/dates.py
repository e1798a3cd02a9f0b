"""Days in Europe/Oslo. A deadline is the end of its day there."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")


def today() -> datetime.date:
    """The date in Europe/Oslo now."""
    return timezone.localdate(timezone=OSLO)


def end_of_day(day: datetime.date) -> datetime.datetime:
    """The first moment after `day` in Europe/Oslo (aware): what happens before it is in time."""
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min, tzinfo=OSLO)


def has_passed(day: datetime.date) -> bool:
    """Whether the deadline `day` is over."""
    return timezone.now() >= end_of_day(day)
