"""What the MFA's editors do with a ministry's report."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.transitions import TransitionRefused
from reporting.collection import policy
from reporting.collection.forms import ExtendForm, ReasonForm
from reporting.collection.services import reports
from reporting.collection.views.access import for_reporters, get_report, require
from reporting.collection.views.ministries import done, report_page, wrong_state


@require_POST
@for_reporters
def return_report(request, year: int, ministry: str):
    """Send the report back with reasons."""
    report = get_report(request, year, ministry)
    require(policy.may_review(request.user))
    form = ReasonForm(request.POST, label_suffix="")
    if not form.is_valid():
        return report_page(request, report, reason_form=form, status=422)
    try:
        reports.return_report(report, user=request.user, comment=form.cleaned_data["comment"])
    except TransitionRefused:
        return wrong_state(request, report, _("return"))
    return done(request, report, _("The report is returned; the focal points get your reasons by mail."))


@require_POST
@for_reporters
def accept(request, year: int, ministry: str):
    """Take the report as it is."""
    report = get_report(request, year, ministry)
    require(policy.may_review(request.user))
    try:
        reports.accept_report(report, user=request.user)
    except TransitionRefused:
        return wrong_state(request, report, _("accept"))
    return done(request, report, _("The report is accepted."))


@require_POST
@for_reporters
def reopen(request, year: int, ministry: str):
    """Open an accepted report again, with the reason."""
    report = get_report(request, year, ministry)
    require(policy.may_review(request.user))
    form = ReasonForm(request.POST, label_suffix="")
    if not form.is_valid():
        return report_page(request, report, reason_form=form, status=422)
    try:
        reports.reopen_report(report, user=request.user, comment=form.cleaned_data["comment"])
    except TransitionRefused:
        return wrong_state(request, report, _("reopen"))
    return done(request, report, _("The report is open again; the focal points get your reasons by mail."))


@require_POST
@for_reporters
def extend(request, year: int, ministry: str):
    """Grant a late submission."""
    report = get_report(request, year, ministry)
    require(policy.may_review(request.user))
    form = ExtendForm(request.POST, label_suffix="")
    if form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        try:
            reports.extend(report, user=request.user, until=until, reason=reason)
        except reports.ExtensionRefused as refusal:
            form.add_error("until", str(refusal))
        except reports.AlreadySubmitted:
            return wrong_state(request, report, _("extend"))
        else:
            return done(request, report, _("The late submission is granted."))
    return report_page(request, report, extend_form=form, status=422)
