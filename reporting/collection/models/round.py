"""One reporting year and what it froze when it was opened."""

import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import policy as accounts_policy
from accounts.enums import Role
from actionpoints.models import Plan
from common.dates import has_passed, today
from common.localised import localised
from priority_countries.models import Country, Forum
from reporting.collection.enums import RoundState


class Step(NamedTuple):
    """Something the round comes to, and the day by which it does."""

    label: str
    day: datetime.date

    @property
    def days_left(self) -> int:
        """Days until it, negative once it is overdue."""
        return (self.day - today()).days


class RoundQuerySet(models.QuerySet):
    def for_user(self, user):
        """The rounds that this person can see: the MFA and the auditors all, whoever reports those that were opened."""
        if accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user):
            return self
        if accounts_policy.holds(user, Role.FOCAL_POINT, Role.CONTRIBUTOR):
            return self.exclude(state=RoundState.PLANNED)
        return self.none()


class Round(models.Model):
    """The reporting on year Y. Days are in Europe/Oslo; a deadline is the end of its day."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("reporting year"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.PLANNED)
    opens_on = models.DateField(_("opening day"))
    missions_due_on = models.DateField(_("missions' deadline"))
    ministries_due_on = models.DateField(_("ministries' deadline"))
    clearance_due_on = models.DateField(_("clearance deadline"))
    publication_due_on = models.DateField(_("publication day"))
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    opens_on__lte=F("missions_due_on"),
                    missions_due_on__lte=F("ministries_due_on"),
                    ministries_due_on__lte=F("clearance_due_on"),
                    clearance_due_on__lte=F("publication_due_on"),
                ),
                name="round_days_in_order",
                violation_error_message=_(
                    "The days must follow each other: opening, missions, ministries, clearance, publication."
                ),
            ),
        ]

    def __str__(self):
        return str(self.year)

    @property
    def reporting_is_over(self) -> bool:
        return has_passed(self.ministries_due_on)

    def next_step(self, *, reporting: bool = True) -> "Step":
        """The first step whose day is not over; after the last one, publication. Reporting ends when the round is closed,
        whatever its day, and for whoever has handed in (`reporting` false).
        """
        steps = [
            Step(gettext("ministries clear the text"), self.clearance_due_on),
            Step(gettext("publication"), self.publication_due_on),
        ]
        if reporting and self.state in (RoundState.PLANNED, RoundState.OPEN):
            steps = [
                Step(gettext("missions report"), self.missions_due_on),
                Step(gettext("ministries report"), self.ministries_due_on),
                *steps,
            ]
        now = today()
        return next((step for step in steps if step.day >= now), steps[-1])


class RoundCountry(models.Model):
    """A priority country of the round, under the name it had when the round was opened."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="countries")
    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    name_en = models.CharField(_("name in English"), max_length=100)
    name_nb = models.CharField(_("name in bokmål"), max_length=100)
    name_nn = models.CharField(_("name in nynorsk"), max_length=100)
    listed_from = models.PositiveSmallIntegerField(_("listed from"))

    class Meta:
        verbose_name = _("priority country of a round")
        verbose_name_plural = _("priority countries of rounds")
        ordering = ["round", "name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "country"],
                name="round_country_once",
                violation_error_message=_("This round covers this country already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return localised(self, "name")


class RoundForum(models.Model):
    """A forum given priority in the round's year."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="forums")
    forum = models.ForeignKey(Forum, verbose_name=_("forum"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("forum of a round")
        verbose_name_plural = _("forums of rounds")
        ordering = ["round", "forum__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "forum"],
                name="round_forum_once",
                violation_error_message=_("This round covers this forum already."),
            ),
        ]

    def __str__(self):
        return f"{self.round}: {self.forum}"
