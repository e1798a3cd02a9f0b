"""Kinds of job that exist in the tests only."""

import pytest

from common import jobs
from common.models import TransitionRecord


@pytest.fixture
def kinds(monkeypatch):
    """A function that registers a handler for the length of a test."""

    def register(kind, handler):
        monkeypatch.setitem(jobs._handlers, kind, handler)

    return register


@pytest.fixture
def effects(kinds):
    """The kind `tests.effect`: its effect is a row written by `finish`. The fixture gives the list of what was begun."""
    begun = []

    def handler(subject_id, progress):
        begun.append(subject_id)
        progress(50, "half way")
        return lambda: leave_effect(subject_id)

    kinds("tests.effect", handler)
    return begun


def leave_effect(subject_id):
    TransitionRecord.objects.create(
        workflow="tests.effect", subject_id=subject_id, name="done", from_state="", to_state=""
    )


def effect_count(subject_id) -> int:
    return TransitionRecord.objects.filter(workflow="tests.effect", subject_id=subject_id).count()
