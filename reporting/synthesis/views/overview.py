"""The desk: every text of a round, how far it has come, and which ones rest on entries that changed since."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.synthesis import policy
from reporting.synthesis.services.desk import desk
from reporting.synthesis.views.access import language_asked, language_query, round_with_desk, trail


@require_safe
def show(request, year: int):
    """All texts of the round in one language, in the order of the report."""
    round = round_with_desk(request.user, year)
    language = language_asked(request)
    texts = desk(round, language)
    total = len(texts.items)
    return render(
        request,
        "synthesis/desk.html",
        {
            "round": round,
            "desk": texts,
            "language": language,
            "query": language_query(language),
            "languages": settings.LANGUAGES,
            "total": total,
            "percent": 100 * len(texts.drafted) // total,
            "may_write": policy.may_write(request.user),
            "breadcrumbs": trail(round, {"label": _("Synthesis"), "url": ""}),
        },
    )
