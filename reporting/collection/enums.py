"""States and choices of the yearly reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    SYNTHESIS = "synthesis", _("Synthesis")
    PUBLISHED = "published", _("Published")


class MinistryReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


class EntryState(models.TextChoices):
    EMPTY = "empty", _("Empty")
    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")


class Status(models.TextChoices):
    """How far the work on an action point has come, in the ministry's own judgement."""

    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
    ON_TRACK = "on_track", _("On track")
    DELAYED = "delayed", _("Delayed")
    COMPLETED = "completed", _("Completed")


class ChangeKind(models.TextChoices):
    """Whether the plan made a difference: evaluations found that reports do not tell."""

    NEW = "new", _("New because of the plan")
    STRENGTHENED = "strengthened", _("Strengthened by the plan")
    ONGOING = "ongoing", _("Ongoing regardless of the plan")


class ResultKind(models.TextChoices):
    """How far along the chain of results the headline stands."""

    ACTIVITY = "activity", _("Activity: what was done")
    OUTPUT = "output", _("Output: what was produced")
    OUTCOME = "outcome", _("Outcome: what changed")
