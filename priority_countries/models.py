"""Countries and the years in which they are on the priority list; forums given priority."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.localised import localised
from common.years import check_years


class Country(models.Model):
    """A country under the name that the Ministry of Foreign Affairs gives it, in three languages."""

    iso3 = models.CharField(
        _("ISO alpha-3 code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, as in AFG."))],
    )
    m49 = models.CharField(
        _("UN M49 code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^\d{3}$", _("Three digits with leading zeros, as in 004."))],
    )
    name_en = models.CharField(_("name in English"), max_length=100)
    name_nb = models.CharField(_("name in bokmål"), max_length=100)
    name_nn = models.CharField(_("name in nynorsk"), max_length=100)
    latitude = models.DecimalField(
        _("latitude of the marker"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude of the marker"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name_en"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return localised(self, "name")


class CountryListingQuerySet(models.QuerySet):
    def in_force(self, year: int):
        """The listings that cover `year`."""
        return self.filter(Q(last_year__isnull=True) | Q(last_year__gte=year), first_year__lte=year)


class CountryListing(models.Model):
    """A country is on the priority list from a year, until a year if that is decided."""

    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="listings")
    first_year = models.PositiveSmallIntegerField(_("listed from"))
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("Empty while the country is listed.")
    )
    reason_listed = models.TextField(_("reason for listing"), blank=True)
    reason_ended = models.TextField(
        _("reason for ending"), blank=True, help_text=_("Required when a last year is given.")
    )

    objects = CountryListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("priority-country listing")
        verbose_name_plural = _("priority-country list")
        ordering = ["country", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(last_year__isnull=True),
                name="country_listed_once_at_a_time",
                violation_error_message=_("This country is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["country", "first_year"],
                name="country_listing_once_a_year",
                violation_error_message=_("This country has a listing from that year already."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="country_listing_years_in_order",
                violation_error_message=_("A listing cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | ~Q(reason_ended=""),
                name="country_listing_end_has_reason",
                violation_error_message=_("Say why the listing ends."),
            ),
        ]

    def __str__(self):
        return f"{self.country} {self.first_year}–{self.last_year or ''}"

    def clean(self):
        check_years(self, "first_year", "last_year")
        if not self.country_id or not self.first_year:
            return
        others = CountryListing.objects.exclude(pk=self.pk).filter(
            Q(last_year__isnull=True) | Q(last_year__gte=self.first_year), country_id=self.country_id
        )
        # Two open listings are refused by the constraint, in its own words.
        not_beside = Q(last_year__isnull=False) if self.last_year is None else Q(first_year__lte=self.last_year)
        if others.filter(not_beside).exists():
            raise ValidationError(_("This country is on the list already in some of these years."))


class ForumQuerySet(models.QuerySet):
    def in_force(self, year: int):
        return self.filter(Q(last_year__isnull=True) | Q(last_year__gte=year), first_year__lte=year)


class Forum(models.Model):
    """A regional or multilateral forum given priority from a year."""

    abbreviation = models.CharField(_("abbreviation"), max_length=20, unique=True)
    name_en = models.CharField(_("name in English"), max_length=150)
    name_nb = models.CharField(_("name in bokmål"), max_length=150, blank=True)
    name_nn = models.CharField(_("name in nynorsk"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    first_year = models.PositiveSmallIntegerField(_("given priority from"))
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["position", "abbreviation"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="forum_years_in_order",
                violation_error_message=_("A forum's priority cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return self.abbreviation

    def clean(self):
        check_years(self, "first_year", "last_year")

    @property
    def name(self) -> str:
        return localised(self, "name")
