"""The plan: themes, sections, action points, who leads them in which years, and the resolutions behind it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from actionpoints.enums import Orientation
from common.localised import localised
from common.years import check_years


class MinistryManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(kind=OrganisationKind.MINISTRY)


class Ministry(Organisation):
    """An organisation that can lead action points."""

    objects: ClassVar[MinistryManager] = MinistryManager()

    class Meta:
        proxy = True
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")
        ordering = ["position", "name_en"]


class Plan(models.Model):
    """A national action plan and the words it uses for its three levels."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nb = models.CharField(_("title in bokmål"), max_length=200, blank=True)
    title_nn = models.CharField(_("title in nynorsk"), max_length=200, blank=True)
    ordinal = models.CharField(_("ordinal"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    theme_label = models.CharField(_("word for a theme"), max_length=60, default="Thematic priority")
    section_label = models.CharField(_("word for a section"), max_length=60, default="Section")
    action_point_label = models.CharField(_("word for an action point"), max_length=60, default="Action point")

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="plan_years_in_order",
                violation_error_message=_("A plan cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.first_year}–{self.last_year})"

    @property
    def title(self) -> str:
        return localised(self, "title")


class Theme(models.Model):
    """A thematic priority; number 0 is the general action points."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField(_("number"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nb = models.CharField(_("title in bokmål"), max_length=200, blank=True)
    title_nn = models.CharField(_("title in nynorsk"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="theme_number_unique",
                violation_error_message=_("This plan has a theme with this number already."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return localised(self, "title")


class Section(models.Model):
    """A heading inside a theme, under which its action points stand."""

    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField(_("position"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nb = models.CharField(_("title in bokmål"), max_length=200, blank=True)
    title_nn = models.CharField(_("title in nynorsk"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["theme", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "position"],
                name="section_position_unique",
                violation_error_message=_("This theme has a section at this position already."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return localised(self, "title")


class ActionPointQuerySet(models.QuerySet):
    def in_plan_order(self):
        return self.order_by("section__theme__number", "section__position", "position")

    def with_wording(self, year: int):
        """Adds `wording_id`: the text in force in `year`, the latest that starts in or before it (null: none yet)."""
        wordings = ActionPointText.objects.filter(action_point=OuterRef("pk"), first_year__lte=year)
        return self.annotate(wording_id=Subquery(wordings.order_by("-first_year").values("pk")[:1]))


class ActionPoint(models.Model):
    """What Norway will do. Its words stand in ActionPointText, its leads in LeadAssignment, both by year."""

    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="action_points"
    )
    code = models.CharField(_("code"), max_length=10)
    position = models.PositiveSmallIntegerField(_("position"))
    orientation = models.CharField(_("orientation"), max_length=15, choices=Orientation, default=Orientation.BOTH)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="action_point_code_unique",
                violation_error_message=_("There is an action point with this code already."),
            ),
            models.UniqueConstraint(
                fields=["section", "position"],
                name="action_point_position_unique",
                violation_error_message=_("This section has an action point at this position already."),
            ),
        ]

    def __str__(self):
        return self.code


class ActionPointText(models.Model):
    """The wording of an action point from a year on, until a later one takes over."""

    action_point = models.ForeignKey(
        ActionPoint, verbose_name=_("action point"), on_delete=models.PROTECT, related_name="texts"
    )
    first_year = models.PositiveSmallIntegerField(_("from year"))
    text_en = models.TextField(_("text in English"))
    text_nb = models.TextField(_("text in bokmål"), blank=True)
    text_nn = models.TextField(_("text in nynorsk"), blank=True)

    class Meta:
        verbose_name = _("text of an action point")
        verbose_name_plural = _("texts of action points")
        ordering = ["action_point", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["action_point", "first_year"],
                name="action_point_text_once_a_year",
                violation_error_message=_("This action point has a text from that year already."),
            ),
        ]

    def __str__(self):
        return f"{self.action_point} ({self.first_year}–)"

    def clean(self):
        check_years(self, "first_year")

    @property
    def text(self) -> str:
        return localised(self, "text")


class LeadAssignmentQuerySet(models.QuerySet):
    def in_force(self, year: int):
        """The leads of `year`, in the plan's order."""
        return self.filter(first_year__lte=year, last_year__gte=year).order_by(
            "action_point__section__theme__number",
            "action_point__section__position",
            "action_point__position",
            "position",
        )


class LeadAssignment(models.Model):
    """A ministry leads an action point from a year to a year; the order of the leads is part of the plan."""

    action_point = models.ForeignKey(
        ActionPoint, verbose_name=_("action point"), on_delete=models.PROTECT, related_name="lead_assignments"
    )
    ministry = models.ForeignKey(
        Ministry, verbose_name=_("ministry"), on_delete=models.PROTECT, related_name="lead_assignments"
    )
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("1 is named first."))
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    objects = LeadAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead assignment")
        verbose_name_plural = _("lead assignments")
        ordering = ["action_point", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["action_point", "ministry", "first_year"],
                name="lead_assignment_once_a_year",
                violation_error_message=_("This ministry leads this action point from that year already."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="lead_assignment_years_in_order",
                violation_error_message=_("A lead assignment cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.action_point}: {self.ministry.code} {self.first_year}–{self.last_year}"

    def clean(self):
        check_years(self, "first_year", "last_year")
        if not (self.action_point_id and self.ministry_id and self.first_year and self.last_year):
            return
        others = LeadAssignment.objects.exclude(pk=self.pk).filter(
            action_point_id=self.action_point_id,
            ministry_id=self.ministry_id,
            first_year__lte=self.last_year,
            last_year__gte=self.first_year,
        )
        if others.exists():
            raise ValidationError(_("This ministry leads this action point already in some of these years."))


class Resolution(models.Model):
    """A Security Council resolution on women, peace and security."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    main_message = models.TextField(_("main message"))

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} ({self.year})"
