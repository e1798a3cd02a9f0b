"""Chapters that the MFA writes beside the action points, and the states of a synthesis."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    INTRODUCTION = "introduction", _("Introduction")
    HIGHLIGHTS = "highlights", _("Highlights")


class SynthesisState(models.TextChoices):
    NOT_BEGUN = "not_begun", _("Not begun")
    DRAFTED = "drafted", _("Drafted")
