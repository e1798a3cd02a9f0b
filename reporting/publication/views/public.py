"""The front page and the plan, for everybody. Public views read what is in force and what was published, nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionpoints.models import ActionPoint
from common.dates import today
from priority_countries.models import CountryListing
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.publication.models import Publication
from reporting.publication.services.plan import plan_in_force, published_history


@login_not_required
@require_safe
def home(request):
    """The plan at a glance, the latest report, the next one's day."""
    plan = plan_in_force()
    latest = Publication.objects.select_related("build", "round").order_by("-round__year", "-edition").first()
    coming = Round.objects.exclude(state__in=[RoundState.PLANNED, RoundState.PUBLISHED]).order_by("year").first()
    context = {
        "plan": plan,
        "latest": latest,
        "coming": coming,
        "days_to_publication": (coming.publication_due_on - today()).days if coming else None,
        "countries": CountryListing.objects.in_force(plan.year).count() if plan else 0,
    }
    return render(request, "publication/home.html", context)


@login_not_required
@require_safe
def plan(request):
    """Every action point in force this year."""
    context = {
        "plan": plan_in_force(),
        "breadcrumbs": [
            {"label": _("Front page"), "url": reverse("publication:home")},
            {"label": _("Plan"), "url": ""},
        ],
    }
    return render(request, "publication/plan.html", context)


@login_not_required
@require_safe
def action_point(request, code):
    """One action point: its texts, its leads by year and what was published on it."""
    point = get_object_or_404(
        ActionPoint.objects.select_related("section__theme__plan").prefetch_related(
            "texts", "lead_assignments__ministry"
        ),
        code=code,
    )
    texts = sorted(point.texts.all(), key=lambda text: text.first_year, reverse=True)
    year = max(today().year, point.section.theme.plan.first_year)
    current = next((text for text in texts if text.first_year <= year), None)
    context = {
        "point": point,
        "current": current,
        "other_texts": [text for text in texts if text != current],
        "leads": sorted(point.lead_assignments.all(), key=lambda lead: (lead.first_year, lead.position)),
        "history": published_history(code),
        "breadcrumbs": [
            {"label": _("Front page"), "url": reverse("publication:home")},
            {"label": _("Plan"), "url": reverse("publication:plan")},
            {"label": point.code, "url": ""},
        ],
    }
    return render(request, "publication/action_point.html", context)
