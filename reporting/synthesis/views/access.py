"""What both pages ask first: may this person see the desk, and does this round have one."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.collection.models import Round
from reporting.synthesis import policy


def round_with_desk(user, year: int) -> Round:
    """The round of `year`. Raises PermissionDenied for a wrong role, Http404 where there is no desk (yet)."""
    if not policy.may_see_desk(user):
        raise PermissionDenied
    round = get_object_or_404(Round.objects.for_user(user), year=year)
    if not policy.has_desk(round):
        raise Http404
    return round


def language_asked(request) -> str:
    """The language of the text in the address (`?language=nb`), English unless it is one of the portal's."""
    asked = request.GET.get("language", "en")
    return asked if asked in dict(settings.LANGUAGES) else "en"


def language_query(language: str) -> str:
    """What an address ends with to open a text in this language."""
    return "" if language == "en" else f"?language={language}"


def trail(round: Round, *last: dict[str, str]) -> list[dict[str, str]]:
    """The way back up to the rounds."""
    return [
        {"label": _("Rounds"), "url": reverse("collection:rounds")},
        {"label": str(round.year), "url": reverse("collection:round", args=[round.year])},
        *last,
    ]
