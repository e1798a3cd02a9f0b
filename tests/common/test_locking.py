"""The optimistic lock, tried on a round's days."""

import datetime

import pytest

from common.locking import save_if_unchanged
from reporting.collection.models import Round
from tests.common.threads import in_threads
from tests.factories.collection import make_plan

DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def round(db):
    days = ("opens_on", "missions_due_on", "ministries_due_on", "clearance_due_on", "publication_due_on")
    return Round.objects.create(plan=make_plan(), year=2025, **dict.fromkeys(days, DAY))


def test_a_save_raises_the_version(round):
    later = DAY + datetime.timedelta(days=1)
    assert save_if_unchanged(round, 1, publication_due_on=later)
    assert (round.publication_due_on, round.version) == (later, 2)
    round.refresh_from_db()
    assert (round.publication_due_on, round.version) == (later, 2)


@pytest.mark.parametrize("version", [0, 2, -1, 10**30])
def test_another_version_writes_nothing(round, version):
    assert not save_if_unchanged(round, version, publication_due_on=DAY + datetime.timedelta(days=1))
    assert (round.publication_due_on, round.version) == (DAY, 1)
    round.refresh_from_db()
    assert (round.publication_due_on, round.version) == (DAY, 1)


def test_a_row_that_is_gone_is_not_saved(round):
    copy = Round.objects.get(pk=round.pk)
    round.delete()
    assert not save_if_unchanged(copy, 1, publication_due_on=DAY)


def with_lock(round, number):
    return save_if_unchanged(round, 1, publication_due_on=DAY + datetime.timedelta(days=number))


def without_lock(round, number):
    """The control: what the test below sees when nobody compares versions."""
    Round.objects.filter(pk=round.pk).update(publication_due_on=DAY + datetime.timedelta(days=number))
    return True


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("save", "saved"), [(with_lock, 1), (without_lock, 50)])
def test_fifty_at_once(round, save, saved):
    outcomes = in_threads(50, lambda number: save(Round.objects.get(pk=round.pk), number))
    assert outcomes.count(True) == saved
    assert outcomes.count(False) == 50 - saved
