"""One text: the ministries' entries beside the writer, saving under the optimistic lock, and a preview."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reporting.collection.models import Round
from reporting.synthesis import policy
from reporting.synthesis.enums import Chapter
from reporting.synthesis.forms import WORDS_OF_CHAPTER, WORDS_OF_POINT, SynthesisForm, read_mark
from reporting.synthesis.services.desk import Item, earlier_versions, find_item, neighbours, published_before
from reporting.synthesis.services.saving import StaleSynthesis, save_synthesis
from reporting.synthesis.views.access import language_asked, language_query, round_with_desk, trail


@require_http_methods(["GET", "HEAD", "POST"])
def write(request, year: int, code: str):
    """GET shows the text and what it rests on; POST saves it (MFA editors). 409 when somebody else saved first."""
    round = round_with_desk(request.user, year)
    if request.method == "POST":
        return _save(request, round, code)
    item = _item(round, code, language_asked(request))
    return _page(request, round, item, _fresh_form(item))


@require_POST
def preview(request, year: int, code: str):
    """The posted text as it will look. Writes nothing. htmx gets a fragment; without a script, the whole page again."""
    round = round_with_desk(request.user, year)
    _require_writer(request.user)
    form = _posted_form(request, code)
    valid = form.is_valid()
    if request.htmx:
        return render(request, "synthesis/_preview.html", {"form": form, "preview": form.cleaned_data.get("text", "")})
    item = _item(round, code, form.cleaned_data.get("language", "en"))
    return _page(
        request,
        round,
        item,
        form,
        preview=form.cleaned_data.get("text", ""),
        previewed=True,
        status=200 if valid else 422,
    )


def _save(request, round: Round, code: str):
    _require_writer(request.user)
    form = _posted_form(request, code)
    valid = form.is_valid()
    item = _item(round, code, form.cleaned_data.get("language", "en"))
    if not valid:
        return _page(request, round, item, form, status=422)
    before = item.synthesis.version
    try:
        synthesis = save_synthesis(
            round,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            user=request.user,
            action_point=item.action_point,
            chapter=item.synthesis.chapter,
            language=item.synthesis.language,
            read=form.cleaned_data["read"],
        )
    except StaleSynthesis:
        return _conflict(request, round, code, form)
    if synthesis.version == before:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    else:
        messages.success(
            request,
            _("The text on %(title)s is saved: %(words)d words, version %(version)d.")
            % {"title": _heading(item), "words": len(synthesis.text.split()), "version": synthesis.version},
        )
    following = neighbours(round, code)[1] if "next" in request.POST else None
    return redirect(_address(round, following or code, synthesis.language))


def _conflict(request, round: Round, code: str, form: SynthesisForm):
    """Both texts on one page; the form carries the newest version, so that a merged text can be saved from here."""
    item = _item(round, code, form.cleaned_data["language"])
    mine = form.cleaned_data["text"]
    merging = _form(
        code,
        initial={
            "text": mine,
            "language": item.synthesis.language,
            "version": item.synthesis.version,
            "read": form.data.get("read", read_mark(item.entries)),
        },
    )
    context = {
        "round": round,
        "item": item,
        "heading": _heading(item),
        "form": merging,
        "action": _address(round, code, item.synthesis.language),
        "breadcrumbs": _trail(round, item),
    }
    return render(request, "synthesis/conflict.html", context, status=409)


def _page(request, round: Round, item: Item, form: SynthesisForm, *, status: int = 200, **more):
    before, after = neighbours(round, item.code)
    language = item.synthesis.language
    stale = item.stale_entries
    context = {
        "round": round,
        "item": item,
        "heading": _heading(item),
        "form": form,
        "stale": stale,
        "stale_ids": {entry.pk for entry in stale},
        "last_year": published_before(round, item),
        "may_write": policy.may_write(request.user),
        "language": language,
        "languages": settings.LANGUAGES,
        "action": _address(round, item.code, language),
        "preview_address": reverse("synthesis:preview", args=[round.year, item.code]),
        "before": _neighbour(round, before, language),
        "after": _neighbour(round, after, language),
        "earlier": earlier_versions(item.synthesis),
        "breadcrumbs": _trail(round, item),
        "preview": item.synthesis.text,
        "previewed": False,
        **more,
    }
    return render(request, "synthesis/write.html", context, status=status)


def _neighbour(round: Round, code: str | None, language: str) -> dict[str, str] | None:
    if code is None:
        return None
    label = str(Chapter(code).label) if code in Chapter.values else code
    return {"label": label, "url": _address(round, code, language)}


def _require_writer(user) -> None:
    if not policy.may_write(user):
        raise PermissionDenied


def _item(round: Round, code: str, language: str) -> Item:
    item = find_item(round, code, language)
    if item is None:
        raise Http404
    return item


def _words(code: str) -> int:
    return WORDS_OF_CHAPTER if code in Chapter.values else WORDS_OF_POINT


def _form(code: str, **kwargs) -> SynthesisForm:
    return SynthesisForm(words=_words(code), **kwargs)


def _posted_form(request, code: str) -> SynthesisForm:
    return _form(code, data=request.POST)


def _fresh_form(item: Item) -> SynthesisForm:
    synthesis = item.synthesis
    return _form(
        item.code,
        initial={
            "text": synthesis.text,
            "language": synthesis.language,
            "version": synthesis.version,
            "read": read_mark(item.entries),
        },
    )


def _heading(item: Item) -> str:
    return item.title if item.action_point is None else item.code


def _address(round: Round, code: str, language: str) -> str:
    return reverse("synthesis:write", args=[round.year, code]) + language_query(language)


def _trail(round: Round, item: Item) -> list[dict[str, str]]:
    desk = {"label": _("Synthesis"), "url": reverse("synthesis:desk", args=[round.year])}
    return trail(round, desk, {"label": _heading(item), "url": ""})
