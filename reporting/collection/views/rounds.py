"""Rounds: the list, opening one, the overview of its cells, and moving it on."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.transitions import TransitionRefused
from reporting.collection import policy
from reporting.collection.enums import MinistryReportState, RoundState
from reporting.collection.forms import DaysForm, OpenAgainForm, OpenRoundForm
from reporting.collection.grid import grid
from reporting.collection.history import history
from reporting.collection.models import Round
from reporting.collection.services import rounds as service
from reporting.collection.views.access import crumbs, for_reporters, get_round, require, round_crumb
from reporting.collection.workflow import ROUND


@require_safe
@for_reporters
def round_list(request):
    rounds = (
        Round.objects.for_user(request.user)
        .annotate(
            report_count=Count("reports"),
            accepted_count=Count("reports", filter=Q(reports__state=MinistryReportState.ACCEPTED)),
        )
        .order_by("-year")
    )
    context = {
        "rounds": rounds,
        "may_open": policy.may_open_round(request.user),
        "breadcrumbs": crumbs(),
    }
    return render(request, "collection/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reporters
def open_round(request):
    """Open the round of a year. What cannot be opened comes back with the day or the year at fault."""
    require(policy.may_open_round(request.user))
    form = OpenRoundForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        days = {field: form.cleaned_data[field] for field in service.DAY_FIELDS}
        try:
            opening = service.open_round(form.cleaned_data["year"], user=request.user, **days)
        except service.RoundRefused as refusal:
            form.add_error(refusal.field or "year", str(refusal))
        else:
            _say(request, opening)
            return redirect("collection:round", opening.round.year)
    context = {"form": form, "breadcrumbs": crumbs((_("Open a round"), ""))}
    return render(request, "collection/open_round.html", context, status=422 if form.errors else 200)


@require_safe
@for_reporters
def round_overview(request, year: int):
    """Every cell of the round with its state."""
    return _overview(request, get_round(request, year))


@require_POST
@for_reporters
def change_days(request, year: int):
    round = get_round(request, year)
    require(policy.may_open_round(request.user))
    if not policy.may_steer_round(request.user, round):
        return _wrong_state(request, round)
    form = DaysForm(request.POST, instance=Round.objects.get(pk=round.pk), label_suffix="")
    if not form.is_valid():
        return _overview(request, round, days_form=form, status=422)
    days = dict(form.cleaned_data)
    version = days.pop("version")
    if not service.change_days(round, user=request.user, version=version, **days):
        return _stale_days(request, year)
    messages.success(request, _("The days are changed."))
    return redirect("collection:round", year)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reporters
def close(request, year: int):
    """GET asks, naming who has not handed in; POST closes."""
    return _step(request, year, "close", service.close_round, _("Close the collection"), _("The round is closed."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_reporters
def begin_synthesis(request, year: int):
    """GET asks, naming who has not handed in; POST begins."""
    step = service.begin_synthesis
    return _step(request, year, "begin_synthesis", step, _("Begin the synthesis"), _("The synthesis has begun."))


@require_POST
@for_reporters
def open_again(request, year: int):
    """Take a closing back, with the reason."""
    round = get_round(request, year)
    require(policy.may_open_round(request.user))
    form = OpenAgainForm(request.POST, label_suffix="")
    if not ROUND.allows(round, "open_again"):
        return _wrong_state(request, round)
    if not form.is_valid():
        return _overview(request, round, again_form=form, status=422)
    try:
        service.open_again(round, user=request.user, comment=form.cleaned_data["comment"])
    except TransitionRefused:
        return _wrong_state(request, round)
    messages.success(request, _("The round is open again."))
    return redirect("collection:round", year)


def _step(request, year: int, name: str, step, title: str, sentence: str):
    round = get_round(request, year)
    require(policy.may_open_round(request.user))
    if not ROUND.allows(round, name):
        return _wrong_state(request, round)
    if request.method != "POST":
        outstanding = round.reports.filter(state__in=[MinistryReportState.DRAFT, MinistryReportState.RETURNED])
        context = {
            "round": round,
            "step": name,
            "outstanding": outstanding.select_related("ministry").order_by("ministry__position", "ministry__name_en"),
            "breadcrumbs": crumbs(round_crumb(round), (title, "")),
        }
        return render(request, "collection/round_step.html", context)
    try:
        step(round, user=request.user)
    except TransitionRefused:
        return _wrong_state(request, round)
    messages.success(request, sentence)
    return redirect("collection:round", year)


def _wrong_state(request, round: Round):
    round.refresh_from_db()
    context = {"round": round, "breadcrumbs": crumbs(round_crumb(round))}
    return render(request, "collection/round_wrong_state.html", context, status=409)


def _stale_days(request, year: int):
    """409: the days as they are now, beside the ones that were sent, which stay in the form under the new version."""
    round = get_round(request, year)
    again = DaysForm(
        {**request.POST.dict(), "version": round.version},
        instance=Round(pk=round.pk, opens_on=round.opens_on),
        label_suffix="",
    )
    return _overview(request, round, days_form=again, stale=True, status=409)


def _overview(request, round: Round, *, days_form=None, again_form=None, stale=False, status=200):
    user = request.user
    if days_form is None and policy.may_steer_round(user, round):
        days_form = DaysForm(instance=round, label_suffix="")
    context = {
        "round": round,
        "grid": grid(round, user),
        "steps": [{"label": service.day_label(field), "day": getattr(round, field)} for field in service.DAY_FIELDS],
        "days_form": days_form,
        "days_open": days_form is not None and days_form.is_bound,
        "stale": stale,
        "may_close": policy.may_steer_round(user, round) and ROUND.allows(round, "close"),
        "may_begin_synthesis": policy.may_steer_round(user, round) and ROUND.allows(round, "begin_synthesis"),
        "again_form": again_form or OpenAgainForm(label_suffix=""),
        "again_open": again_form is not None,
        "records": history(round, dict(RoundState.choices)),
        "reads_everything": policy.reads_everything(user),
        "breadcrumbs": crumbs((str(round.year), "")),
    }
    return render(request, "collection/round.html", context, status=status)


def _say(request, opening: service.Opening) -> None:
    values = {
        "year": opening.round.year,
        "reports": opening.reports,
        "entries": opening.entries,
        "countries": opening.countries,
        "forums": opening.forums,
    }
    if opening.already_open:
        messages.info(request, _("The round of %(year)s had been opened before; nothing was changed.") % values)
    else:
        messages.success(
            request,
            _(
                "The round of %(year)s is open: %(reports)s reports, %(entries)s entries, "
                "%(countries)s countries, %(forums)s forums."
            )
            % values,
        )
