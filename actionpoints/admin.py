"""The plan in the administration: its levels, and each action point with its texts and leads by year."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import TextField

from accounts.site import KeptInline, KeptModelAdmin, KeptStackedInline, YearsFormSet
from actionpoints.models import ActionPoint, ActionPointText, LeadAssignment, Plan, Resolution, Section, Theme


@admin.register(Plan)
class PlanAdmin(KeptModelAdmin):
    list_display = ["title_en", "country", "first_year", "last_year"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(Theme)
class ThemeAdmin(KeptModelAdmin):
    list_display = ["number", "title_en", "plan"]
    list_display_links = ["title_en"]
    list_select_related = ["plan"]


@admin.register(Section)
class SectionAdmin(KeptModelAdmin):
    list_display = ["title_en", "theme", "position"]
    list_filter = ["theme"]
    list_select_related = ["theme"]


class ActionPointTextInline(KeptStackedInline):
    """A new wording is a new row with a later year; the years before keep theirs."""

    model = ActionPointText
    select_related = ("action_point",)
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}


class LeadsFormSet(YearsFormSet):
    within = "ministry"


class LeadAssignmentInline(KeptInline):
    """A lead that ends gets a last year, and its successor a row of its own."""

    model = LeadAssignment
    select_related = ("action_point", "ministry")
    formset = LeadsFormSet
    fields = ["position", "ministry", "first_year", "last_year"]


@admin.register(ActionPoint)
class ActionPointAdmin(KeptModelAdmin):
    list_display = ["code", "section", "position", "orientation"]
    list_filter = ["orientation", "section__theme", "section"]
    list_select_related = ["section"]
    search_fields = ["code", "texts__text_en", "texts__text_nb", "texts__text_nn"]
    inlines = [ActionPointTextInline, LeadAssignmentInline]

    def get_queryset(self, request):
        return ActionPoint.objects.in_plan_order()


@admin.register(Resolution)
class ResolutionAdmin(KeptModelAdmin):
    list_display = ["number", "year", "main_message"]
