"""The direction of an action point."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Orientation(models.TextChoices):
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")
    BOTH = "both", _("National and international")
