"""One entry: read it, write it, assign it, talk about it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reporting.collection import policy
from reporting.collection.checks import missing_in_entry
from reporting.collection.forms import AssignForm, CommentForm, EntryForm
from reporting.collection.guidance import GUIDANCE
from reporting.collection.history import last_return, last_submission
from reporting.collection.leftover import leftovers
from reporting.collection.merge import merge
from reporting.collection.models import Entry
from reporting.collection.people import possible_contributors
from reporting.collection.reading import ReadField, html_of, read_fields
from reporting.collection.services import entries
from reporting.collection.views.access import (
    crumbs,
    entry_url,
    for_reporters,
    get_entry,
    report_crumb,
    require,
    round_crumb,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reporters
def entry(request, year: int, ministry: str, code: str):
    """GET: the form, or the text where it cannot be written. POST: save a draft of any completeness."""
    entry = get_entry(request, year, ministry, code)
    if request.method == "POST":
        require(policy.may_write(request.user, entry))
        return _save(request, entry)
    return _page(request, entry, form=_form(request, entry))


@require_POST
@for_reporters
def assign(request, year: int, ministry: str, code: str):
    """Say which contributors may write the entry."""
    entry = get_entry(request, year, ministry, code)
    require(policy.may_assign(request.user, entry.report))
    assigned = [assignment.user for assignment in entry.assignments.all()]
    form = AssignForm(request.POST, people=_assignable(entry, assigned))
    if not form.is_valid():
        return _page(request, entry, form=_form(request, entry), assign_form=form, status=422)
    entries.assign(entry, form.cleaned_data["contributors"], user=request.user)
    messages.success(request, _("The contributors to %(code)s are noted.") % {"code": code})
    return redirect(f"{entry_url(entry)}#assignment")


@require_POST
@for_reporters
def comment(request, year: int, ministry: str, code: str):
    """Add a comment; it is read by the ministry and the MFA."""
    entry = get_entry(request, year, ministry, code)
    require(policy.may_comment(request.user, entry))
    form = CommentForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, entry, form=_form(request, entry), comment_form=form, status=422)
    entries.add_comment(entry, form.cleaned_data["text"], user=request.user)
    messages.success(request, _("Your comment is noted."))
    return redirect(f"{entry_url(entry)}#comments")


def _form(request, entry: Entry) -> EntryForm | None:
    """The form, for whoever may write the entry now."""
    writable = policy.may_write(request.user, entry) and entry.report.is_open_for_writing
    return EntryForm(entry=entry) if writable else None


def _save(request, entry: Entry):
    form = EntryForm(request.POST, entry=entry)
    valid = form.is_valid()
    if not entry.report.is_open_for_writing:
        return _too_late(request, form)
    if not valid:
        return _page(request, entry, form=form, status=422)
    version = form.cleaned_data["version"]
    try:
        saved = entries.save_entry(entry, form.content(), user=request.user, version=version)
    except entries.ReportNotOpen:
        return _too_late(request, form)
    except entries.EntryStale:
        return _conflict(request, form, version)
    code = entry.action_point.code
    if saved:
        messages.success(request, _("%(code)s is saved.") % {"code": code})
    else:
        messages.info(request, _("%(code)s: there was nothing new to save.") % {"code": code})
    if "next" in request.POST and (following := _neighbours(request, entry)[1]):
        return redirect("collection:entry", entry.report.round.year, entry.report.ministry.code, following)
    return redirect(entry_url(entry))


def _too_late(request, form: EntryForm):
    """Nothing was saved: the report was handed in meanwhile. What was typed and is not saved stands there to be copied."""
    current = get_entry(request, **request.resolver_match.kwargs)
    rejected = {
        "fields": leftovers(form, entries.content_of(current)),
        "submission": last_submission(current.report),
    }
    return _page(request, current, rejected=rejected, status=409)


def _conflict(request, form: EntryForm, version: int):
    """Nothing was saved: offer the form again with both texts and the version that now stands."""
    kwargs = request.resolver_match.kwargs
    current = get_entry(request, **kwargs)
    merged = merge(current, form.content(), version)
    offered = EntryForm(entry=current, content=merged.content, version=current.version)
    return _page(request, current, form=offered, merged=merged, status=409)


def _assignable(entry: Entry, assigned):
    """Contributors of today, and those assigned before, so that who has left can be taken off the list."""
    people = possible_contributors(entry.report.ministry_id)
    return (people | people.model.objects.filter(pk__in=[person.pk for person in assigned])).distinct()


def _neighbours(request, entry: Entry) -> tuple[str | None, str | None]:
    """The codes before and after this one among the entries of the report that this person sees."""
    seen = Entry.objects.for_user(request.user).filter(report=entry.report_id).in_plan_order()
    codes = list(seen.values_list("action_point__code", flat=True))
    place = codes.index(entry.action_point.code)
    return (codes[place - 1] if place else None, codes[place + 1] if place + 1 < len(codes) else None)


def _readable(request, previous: Entry | None) -> list[ReadField]:
    """Last year's entry. Of one that is not theirs to open, readers get what is published, and nothing that could do harm."""
    if previous is None:
        return []
    fields = read_fields(previous)
    if Entry.objects.for_user(request.user).filter(pk=previous.pk).exists():
        return fields
    return [] if previous.do_no_harm else [field for field in fields if field.published]


def _rows(form: EntryForm, last_year: list[ReadField], merged) -> list[dict]:
    """Each field of the form with its guidance, last year's text and, after a conflict, theirs."""
    before = {field.name: field.html for field in last_year}
    rows = []
    for name, guidance in GUIDANCE.items():
        differs = merged is not None and name in merged.differing
        rows.append(
            {
                "field": form[name],
                "guidance": guidance,
                "is_text": name in Entry.TEXT_FIELDS,
                "is_tags": name in Entry.TAG_FIELDS,
                "before": before.get(name, ""),
                "differs": differs,
                "theirs": html_of(name, merged.theirs[name]) if differs else "",
                "taken_over": differs and name in merged.taken_over,
                "mine": html_of(name, merged.mine[name]) if differs else "",
            }
        )
    return rows


def _page(
    request, entry: Entry, *, form=None, rejected=None, merged=None, comment_form=None, assign_form=None, status=200
):
    report, user = entry.report, request.user
    previous = (
        Entry.objects.of_year_before(report)
        .filter(action_point=entry.action_point_id)
        .prefetch_related("countries", "forums", "resolutions")
        .first()
    )
    leads = Entry.objects.filter(report__round=report.round_id, action_point=entry.action_point_id)
    last_year = _readable(request, previous)
    before, after = _neighbours(request, entry)
    assigned = [assignment.user for assignment in entry.assignments.all()]
    if assign_form is None and policy.may_assign(user, report):
        assign_form = AssignForm(people=_assignable(entry, assigned), assigned=assigned)
    if comment_form is None and policy.may_comment(user, entry):
        comment_form = CommentForm(label_suffix="")
    context = {
        "entry": entry,
        "report": report,
        "round": report.round,
        "form": form,
        "rows": _rows(form, last_year, merged) if form else [],
        "reading": [] if form else read_fields(entry),
        "last_year": last_year,
        "merged": merged,
        # Whoever has the entry open twice meets nobody but themselves.
        "own_save": merged is not None and entry.updated_by_id == user.pk,
        "rejected": rejected,
        "returned": last_return(report),
        "missing": missing_in_entry(entry, previous),
        "leads": [lead.report.ministry for lead in leads.select_related("report__ministry").order_by("position")],
        "comments": entry.comments.select_related("author"),
        "comment_form": comment_form,
        "assign_form": assign_form,
        "assigned": assigned,
        "previous_code": before,
        "next_code": after,
        "breadcrumbs": crumbs(round_crumb(report.round), report_crumb(report), (entry.action_point.code, "")),
    }
    return render(request, "collection/entry.html", context, status=status)
