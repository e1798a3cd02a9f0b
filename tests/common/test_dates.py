"""Deadlines are the end of a day in Oslo, whatever the clocks do."""

import datetime

import pytest
from django.utils import timezone

from common.dates import end_of_day, has_passed, today


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the clock, in UTC."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.fromisoformat(moment))


# Day, and the last second of it in UTC: winter, New Year, both changes of the clock (23 and 25 hours), summer.
DAYS = [
    ("2026-03-01", "2026-03-01T22:59:59+00:00"),
    ("2026-12-31", "2026-12-31T22:59:59+00:00"),
    ("2026-03-28", "2026-03-28T22:59:59+00:00"),
    ("2026-03-29", "2026-03-29T21:59:59+00:00"),
    ("2026-10-24", "2026-10-24T21:59:59+00:00"),
    ("2026-10-25", "2026-10-25T22:59:59+00:00"),
    ("2028-02-29", "2028-02-29T22:59:59+00:00"),
    ("2026-08-01", "2026-08-01T21:59:59+00:00"),
]


@pytest.mark.parametrize(("day", "last_second"), DAYS)
def test_a_deadline_is_the_end_of_its_day(clock, day, last_second):
    due = datetime.date.fromisoformat(day)
    last = datetime.datetime.fromisoformat(last_second)
    clock(last_second)
    assert not has_passed(due)
    assert today() == due
    clock((last + datetime.timedelta(seconds=1)).isoformat())
    assert has_passed(due)
    assert today() == due + datetime.timedelta(days=1)
    assert end_of_day(due) == last + datetime.timedelta(seconds=1)
