"""Workflows as tables, tried on a column that means nothing to anybody."""

import pytest
from django.db import DatabaseError, transaction

from common.models import Job, TransitionRecord
from common.transitions import CommentMissing, Transition, TransitionRefused, Workflow
from tests.common.threads import in_threads
from tests.factories.collection import person
from tests.factories.common import JobFactory

WORKFLOW = Workflow(
    "kind",
    Transition("submit", sources=("draft", "returned"), target="submitted", stamps="handed_at"),
    Transition("return", sources=("submitted",), target="returned", comment_required=True, clears=("handed_at",)),
)


@pytest.fixture
def thing(db):
    return JobFactory(kind="draft")


@pytest.fixture
def user(db):
    return person()


def test_a_transition_moves_the_row_and_is_logged(thing, user):
    record = WORKFLOW.perform(thing, "submit", user=user)
    assert thing.kind == "submitted"
    thing.refresh_from_db()
    assert thing.kind == "submitted"
    assert thing.handed_at is not None
    assert list(TransitionRecord.objects.of(thing)) == [record]
    assert (record.name, record.from_state, record.to_state, record.user) == ("submit", "draft", "submitted", user)


def test_a_return_clears_its_stamp_and_keeps_its_reasons(thing, user):
    WORKFLOW.perform(thing, "submit", user=user)
    deputy = person()
    WORKFLOW.perform(thing, "return", user=deputy, on_behalf_of=user, comment="  Say how many. ")
    assert thing.handed_at is None
    last = TransitionRecord.objects.of(thing).last()
    assert (last.user, last.on_behalf_of, last.comment) == (deputy, user, "Say how many.")


@pytest.mark.parametrize("comment", ["", " \n\t "])
def test_a_return_without_reasons_is_refused(thing, user, comment):
    WORKFLOW.perform(thing, "submit", user=user)
    with pytest.raises(CommentMissing):
        WORKFLOW.perform(thing, "return", user=user, comment=comment)
    thing.refresh_from_db()
    assert thing.kind == "submitted"
    assert TransitionRecord.objects.of(thing).count() == 1


def test_from_another_state_it_is_refused(thing, user):
    assert not WORKFLOW.allows(thing, "return")
    with pytest.raises(TransitionRefused) as refusal:
        WORKFLOW.perform(thing, "return", user=user, comment="Why.")
    assert refusal.value.state == "draft"
    assert not TransitionRecord.objects.exists()


def test_what_counts_is_the_row_and_not_the_copy(thing, user):
    old_copy = Job.objects.get(pk=thing.pk)
    WORKFLOW.perform(thing, "submit", user=user)
    assert WORKFLOW.allows(old_copy, "submit")
    with pytest.raises(TransitionRefused):
        WORKFLOW.perform(old_copy, "submit", user=user)


def test_a_guard_sees_the_locked_row_and_may_refuse(thing, user):
    def guard(row):
        assert row.pk == thing.pk
        raise PermissionError("Something is missing.")

    with pytest.raises(PermissionError):
        WORKFLOW.perform(thing, "submit", user=user, guard=guard)
    thing.refresh_from_db()
    assert thing.kind == "draft"
    assert not TransitionRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_state_and_record_are_one_transaction(thing, user, monkeypatch):
    def fail(**values):
        raise DatabaseError("no room")

    monkeypatch.setattr(TransitionRecord.objects, "create", fail)
    with pytest.raises(DatabaseError):
        WORKFLOW.perform(thing, "submit", user=user)
    assert thing.kind == "draft"
    thing.refresh_from_db()
    assert thing.kind == "draft"


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_transition(thing, user):
    outcomes = in_threads(20, lambda number: WORKFLOW.perform(Job.objects.get(pk=thing.pk), "submit", user=user))
    assert len([outcome for outcome in outcomes if isinstance(outcome, TransitionRecord)]) == 1
    assert len([outcome for outcome in outcomes if isinstance(outcome, TransitionRefused)]) == 19
    assert TransitionRecord.objects.of(thing).count() == 1


def test_records_of_a_row_come_oldest_first(thing, user):
    other = JobFactory(kind="draft")
    with transaction.atomic():
        WORKFLOW.perform(thing, "submit", user=user)
        WORKFLOW.perform(other, "submit", user=user)
        WORKFLOW.perform(thing, "return", user=user, comment="Why.")
        WORKFLOW.perform(thing, "submit", user=user)
    assert [record.name for record in TransitionRecord.objects.of(thing)] == ["submit", "return", "submit"]
