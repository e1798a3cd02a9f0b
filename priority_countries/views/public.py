"""The priority countries, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.dates import today
from common.years import plan_years
from priority_countries.models import Country
from priority_countries.services.priority_list import priority_list


@login_not_required
@require_safe
def country_list(request):
    """The list of `?year=`, by default this year; a year outside the plan, or none at all, answers 404."""
    first, last = plan_years() or (today().year, today().year)
    year = _asked_year(request.GET.get("year"), first, last)
    current = priority_list(year)
    context = {
        "list": current,
        "years": range(first, last + 1),
        "is_first_year": year == first,
        "is_future": year > today().year,
        "has_reasons": any(listing.reason_listed for listing in current.listings),
    }
    return render(request, "priority_countries/list.html", context)


@login_not_required
@require_safe
def country(request, iso3):
    """The years in which one country is listed, and why."""
    found = get_object_or_404(Country.objects.prefetch_related("listings"), iso3=iso3.upper())
    context = {
        "country": found,
        "this_year": today().year,
        "breadcrumbs": [
            {"label": _("Priority countries"), "url": reverse("priority_countries:list")},
            {"label": found.name, "url": ""},
        ],
    }
    return render(request, "priority_countries/country.html", context)


def _asked_year(asked: str | None, first: int, last: int) -> int:
    if asked is None:
        return min(max(today().year, first), last)
    # Ascii digits alone: int() would also read "٢٠٢٦" and " 2026".
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and first <= int(asked) <= last):
        raise Http404(_("The plan has no such year."))
    return int(asked)
