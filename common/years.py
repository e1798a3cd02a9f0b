"""The years of the plan, for apps that stand below or beside the one that holds it.

`actionpoints` says where to read them; nothing here knows of plans.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

Reader = Callable[[], tuple[int, int] | None]
_readers: list[Reader] = []


def reads_plan_years(reader: Reader) -> Reader:
    """Register (as a decorator) the function that reads first and last year, None while there is no plan."""
    _readers[:] = [reader]
    return reader


def plan_years() -> tuple[int, int] | None:
    """First and last year of the plan, both included; None while there is none. One query."""
    return _readers[0]() if _readers else None


def check_years(instance: models.Model, *fields: str) -> None:
    """Raise ValidationError for each of the fields that holds a year outside the plan. Empty ones pass."""
    years = plan_years()
    if years is None:
        return
    first, last = years
    message = _("The plan runs from %(first)d to %(last)d.") % {"first": first, "last": last}
    outside = [name for name in fields if (year := getattr(instance, name)) is not None and not first <= year <= last]
    if outside:
        raise ValidationError(dict.fromkeys(outside, message))
