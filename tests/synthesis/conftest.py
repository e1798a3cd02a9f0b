"""A round of three action points, open, with people around it."""

import pytest

from accounts.enums import Role
from reporting.collection.models import Entry
from reporting.collection.services.rounds import open_round
from tests.factories.collection import COMPLETE, make_plan, person


@pytest.fixture
def round(db):
    make_plan()
    return open_round(2025).round


@pytest.fixture
def editor(db):
    return person(Role.MFA_EDITOR)


@pytest.fixture
def entry(round):
    """A function that gives the entry of a cell, filled in unless told otherwise."""

    def get(code: str, ministry: str, **values) -> Entry:
        rows = Entry.objects.filter(report__round=round, action_point__code=code, report__ministry__code=ministry)
        rows.update(**{**COMPLETE, "state": "ready", **values})
        return rows.get()

    return get


@pytest.fixture
def point(round):
    """A function that gives an action point of the round by its code."""
    return lambda code: Entry.objects.filter(action_point__code=code).first().action_point
