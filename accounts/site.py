"""The administrators' site: Django's admin behind the portal's own login."""

from functools import wraps
from itertools import pairwise

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseInlineFormSet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts import policy

forms_only = require_http_methods(["GET", "HEAD", "POST"])


class PortalAdminSite(admin.AdminSite):
    site_header = _("Women, Peace and Security: administration")
    site_title = _("Administration")
    index_title = _("People, the plan and the priority-country list")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return policy.is_administrator(request.user)

    def admin_view(self, view, cacheable=False):
        """As Django's, for GET and POST; the login page is the portal's, and who lacks the role is refused at once."""
        inner = super().admin_view(view, cacheable)

        @forms_only
        @wraps(inner)
        def checked(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return checked

    @method_decorator([login_not_required, forms_only])
    def login(self, request, extra_context=None):
        """There is one login page, the portal's; it leads back to what was asked for."""
        asked = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(asked) if request.user.is_anonymous else redirect("admin:index")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("account_change_password")


class KeptModelAdmin(admin.ModelAdmin):
    """For rows that the years before rest on: they are ended or corrected, never deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class KeptInlineMixin:
    """As KeptModelAdmin, for rows edited with what they belong to."""

    extra = 0
    # What the row's own name is made of.
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.select_related)  # type: ignore[misc]  # a mixin

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The choices are read once for all rows, not once for each."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin
        if field is not None:
            field.choices = list(field.iterator(field))
        return field

    def has_delete_permission(self, request, obj=None):
        return False


class KeptInline(KeptInlineMixin, admin.TabularInline):
    """Rows in a table."""


class KeptStackedInline(KeptInlineMixin, admin.StackedInline):
    """One row under the other, for long texts."""


class YearsFormSet(BaseInlineFormSet):
    """Rows with first_year and last_year of which no two may overlap, per value of the field `within` if there is one.

    Each row is checked against the database by its model; this holds rows of one submission against each other.
    """

    within = ""

    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", {}).get("first_year")]
        rows.sort(key=lambda row: (str(row.get(self.within, "")), row["first_year"]))
        for earlier, later in pairwise(rows):
            if earlier.get(self.within) != later.get(self.within):
                continue
            if earlier.get("last_year") is None or later["first_year"] <= earlier["last_year"]:
                raise ValidationError(_("Two rows overlap in their years. End the earlier one first."))
