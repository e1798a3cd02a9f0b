"""Builds, for the MFA and the auditors: make one, watch it, look at it, publish it."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.publication import policy
from reporting.publication.forms import PublishForm
from reporting.publication.models import Build
from reporting.publication.services.builds import BuildRefused, request_build, retry_build
from reporting.publication.services.checklist import checklist
from reporting.publication.services.publishing import PublicationRefused, next_edition, obstacle, publish
from reporting.publication.views.files import body_of, file_response

STOP_POLLING = 286  # htmx: swap this answer in and ask no more


def for_readers(view):
    """Refuse, with 403, whoever may not read builds at all."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not policy.may_read_builds(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


def _round(request, year: int) -> Round:
    return get_object_or_404(Round.objects.for_user(request.user).select_related("plan"), year=year)


def _build(request, year: int, number: int) -> Build:
    builds = Build.objects.for_user(request.user).select_related(
        "round__plan", "snapshot", "job", "requested_by", "publication__published_by"
    )
    return get_object_or_404(builds.defer("snapshot__content"), round__year=year, number=number)


def _crumbs(round: Round, *last: tuple[str, str]) -> list[dict[str, str]]:
    items = [
        (_("Rounds"), reverse("collection:rounds")),
        (str(round.year), reverse("collection:round", args=[round.year])),
        (_("Builds"), reverse("publication:builds", args=[round.year])),
        *last,
    ]
    return [{"label": label, "url": url} for label, url in items]


def _build_crumb(build: Build) -> tuple[str, str]:
    return (
        _("Build %(number)d") % {"number": build.number},
        reverse("publication:build", args=[build.round.year, build.number]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def builds(request, year):
    """The builds of a round; POST makes one."""
    round = _round(request, year)
    refusal = ""
    if request.method == "POST":
        if not policy.may_make_builds(request.user):
            raise PermissionDenied
        try:
            build = request_build(round, user=request.user)
        except BuildRefused as error:
            refusal = str(error)
        else:
            messages.success(request, _("Build %(number)d was asked for.") % {"number": build.number})
            return redirect("publication:build", round.year, build.number)
    rows = (
        Build.objects.for_user(request.user)
        .filter(round=round)
        .select_related("job", "requested_by", "publication")
        .order_by("-number")
    )
    context = {
        "round": round,
        "builds": rows,
        "may_make": policy.may_make_builds(request.user) and round.state != RoundState.PLANNED,
        "refusal": refusal,
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "publication/builds.html", context, status=409 if refusal else 200)


def _show(request, build: Build, *, refusal: str = "", status: int = 200):
    context = {
        **_state(request, build),
        "refusal": refusal,
        "breadcrumbs": _crumbs(build.round, _build_crumb(build)),
    }
    return render(request, "publication/build.html", context, status=status)


def _state(request, build: Build) -> dict:
    """What the changing part of the page shows."""
    return {
        "build": build,
        "round": build.round,
        "publication": build.published_as,
        "may_make": policy.may_make_builds(request.user),
        "may_publish": policy.may_publish(request.user),
        "asked_for": policy.asked_for(request.user, build),
    }


@require_safe
@for_readers
def build(request, year, number):
    """One build: its state, and its result or the reason of its failure."""
    return _show(request, _build(request, year, number))


@require_safe
@for_readers
def progress(request, year, number):
    """The part of the page that changes, asked for once a second until the build has finished."""
    build = _build(request, year, number)
    finished = build.job is not None and build.job.is_finished
    return render(request, "publication/_state.html", _state(request, build), status=STOP_POLLING if finished else 200)


@require_POST
@for_readers
def retry(request, year, number):
    """Queue a failed build again."""
    build = _build(request, year, number)
    if not policy.may_make_builds(request.user):
        raise PermissionDenied
    try:
        retry_build(build, user=request.user)
    except BuildRefused as error:
        return _show(request, build, refusal=str(error), status=409)
    messages.success(request, _("Build %(number)d is tried again.") % {"number": build.number})
    return redirect("publication:build", year, number)


@require_safe
@for_readers
def build_file(request, year, number, name, folder=""):
    """The PDF or a figure of a build that need not be public."""
    return file_response(request, _build(request, year, number), f"{folder}{name}")


@require_safe
@for_readers
def preview(request, year, number):
    """The web edition as it would be published."""
    build = _build(request, year, number)
    if not build.has_succeeded:
        raise Http404(_("This build has no files."))
    context = {
        "build": build,
        "round": build.round,
        "publication": build.published_as,
        "body": body_of(build),
        "breadcrumbs": _crumbs(build.round, _build_crumb(build), (_("Preview"), "")),
    }
    return render(request, "publication/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def publish_build(request, year, number):
    """What to know before publishing; POST publishes."""
    build = _build(request, year, number)
    edition = next_edition(build.round)
    form = PublishForm(edition=edition)
    refusal, status = obstacle(build), 200
    if request.method == "POST":
        if not policy.may_publish(request.user):
            raise PermissionDenied
        if policy.asked_for(request.user, build):
            status = 403
        elif refusal:
            status = 409
        elif not (form := PublishForm(request.POST, edition=edition)).is_valid():
            status = 422
        else:
            try:
                publish(build, user=request.user, erratum=form.cleaned_data.get("erratum", ""))
            except PublicationRefused as error:
                refusal, status = str(error), 409
            else:
                messages.success(request, _("The annual report %(year)s is public.") % {"year": year})
                return redirect("publication:build", year, number)
    context = {
        **_state(request, build),
        "edition": edition,
        "tried_again_by": list(build.tried_again_by.order_by("name")),
        "form": form,
        "refusal": refusal,
        "checklist": checklist(build),
        "breadcrumbs": _crumbs(build.round, _build_crumb(build), (_("Publish"), "")),
    }
    return render(request, "publication/publish.html", context, status=status)
