"""Workflows as tables: the only place that assigns a state.

WORKFLOW = Workflow(
    "state",
    Transition("submit", sources=("draft", "returned"), target="submitted", stamps="submitted_at"),
    Transition("return", sources=("submitted",), target="returned", comment_required=True),
)
WORKFLOW.perform(report, "submit", user=user)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from common.models import TransitionRecord


class TransitionRefused(Exception):
    """The row is not in a state from which this transition starts. Nothing was changed."""

    def __init__(self, instance: models.Model, transition: "Transition", state: str):
        self.instance, self.transition, self.state = instance, transition, state
        super().__init__(f"{transition.name} starts from {', '.join(transition.sources)}, not from {state}")


class CommentMissing(Exception):
    """The transition needs a comment and got none. Nothing was changed."""


@dataclass(frozen=True)
class Transition:
    """One arrow: `stamps` names a DateTimeField that is set to now, `clears` fields that are set to null."""

    name: str
    sources: tuple[str, ...]
    target: str
    comment_required: bool = False
    stamps: str | None = None
    clears: tuple[str, ...] = ()


class Workflow:
    def __init__(self, field: str, *transitions: Transition):
        self.field = field
        self.transitions = {transition.name: transition for transition in transitions}

    def allows(self, instance: models.Model, name: str) -> bool:
        """Whether the transition starts from the state that this (unlocked) copy of the row shows."""
        return getattr(instance, self.field) in self.transitions[name].sources

    def perform(
        self,
        instance: models.Model,
        name: str,
        *,
        user,
        comment: str = "",
        on_behalf_of=None,
        guard: Callable[[models.Model], None] | None = None,
    ) -> TransitionRecord:
        """Move the row and log it, in one transaction.

        The row is locked and its state checked again; `guard` gets the locked row and may raise to refuse. `instance` is
        refreshed to what was written. Raises TransitionRefused, CommentMissing, or whatever `guard` raises.
        """
        transition = self.transitions[name]
        if transition.comment_required and not comment.strip():
            raise CommentMissing(name)
        with transaction.atomic():
            locked = type(instance)._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)
            state = getattr(locked, self.field)
            if state not in transition.sources:
                raise TransitionRefused(locked, transition, state)
            if guard is not None:
                guard(locked)
            written: dict[str, object] = {self.field: transition.target}
            if transition.stamps:
                written[transition.stamps] = timezone.now()
            written.update(dict.fromkeys(transition.clears))
            type(instance)._default_manager.filter(pk=instance.pk).update(**written)
            record = TransitionRecord.objects.create(
                workflow=instance._meta.label_lower,
                subject_id=instance.pk,
                name=name,
                from_state=state,
                to_state=transition.target,
                user=user,
                on_behalf_of=on_behalf_of,
                comment=comment.strip(),
            )
        for field, value in written.items():
            setattr(instance, field, value)
        return record
