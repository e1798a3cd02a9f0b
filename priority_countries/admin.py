"""The priority-country list and the forums in the administration. Rounds that are open keep what they began with."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import OuterRef, Subquery, TextField
from django.utils.translation import gettext_lazy as _

from accounts.site import KeptModelAdmin, KeptStackedInline, YearsFormSet
from common.dates import today
from priority_countries.models import Country, CountryListing, Forum


class CountryListingInline(KeptStackedInline):
    """Listing a country is a row with a first year; ending it is a last year and a reason."""

    model = CountryListing
    select_related = ("country",)
    formset = YearsFormSet
    fields = [("first_year", "last_year"), "reason_listed", "reason_ended"]
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


@admin.register(Country)
class CountryAdmin(KeptModelAdmin):
    list_display = ["name_en", "name_nb", "name_nn", "iso3", "listed_since"]
    search_fields = ["name_en", "name_nb", "name_nn", "iso3"]
    fields = [("name_en", "name_nb", "name_nn"), ("iso3", "m49"), ("latitude", "longitude")]
    inlines = [CountryListingInline]

    def get_queryset(self, request):
        listings = CountryListing.objects.in_force(today().year).filter(country=OuterRef("pk"))
        return super().get_queryset(request).annotate(listed_since=Subquery(listings.values("first_year")[:1]))

    @admin.display(description=_("listed since"), ordering="listed_since")
    def listed_since(self, country):
        return country.listed_since or _("not listed")


@admin.register(CountryListing)
class CountryListingAdmin(KeptModelAdmin):
    list_display = ["country", "first_year", "last_year", "reason_listed", "reason_ended"]
    list_filter = ["first_year", "last_year"]
    list_select_related = ["country"]
    search_fields = ["country__name_en", "country__name_nb", "country__name_nn", "country__iso3"]
    autocomplete_fields = ["country"]


@admin.register(Forum)
class ForumAdmin(KeptModelAdmin):
    list_display = ["abbreviation", "name_en", "first_year", "last_year", "position"]
