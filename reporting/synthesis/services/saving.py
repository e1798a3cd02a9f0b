"""Save a synthesis: one transaction for the text, its revision and the entries it rests on."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from actionpoints.models import ActionPoint
from common import markdown
from common.locking import save_if_unchanged
from common.text import clean_text
from reporting.collection.enums import EntryState
from reporting.collection.models import Entry, Round
from reporting.synthesis import policy
from reporting.synthesis.enums import SynthesisState
from reporting.synthesis.models import Citation, Synthesis, SynthesisRevision

MAX_LENGTH = 30_000


class StaleSynthesis(Exception):
    """Somebody else saved first. Nothing was written; `current` is the row as they left it (unsaved: it does not exist)."""

    def __init__(self, current: Synthesis):
        self.current = current
        super().__init__(f"{current} is at version {current.version}")


class DeskClosed(Exception):
    """The round is only planned: there is nothing to write about yet."""


def save_synthesis(
    round: Round,
    *,
    text: str,
    version: int,
    user: User | None,
    action_point: ActionPoint | None = None,
    chapter: str = "",
    language: str = "en",
    read: Mapping[int, int] | None = None,
) -> Synthesis:
    """Save the text of an action point or of a chapter and return its row.

    `version` is the version that the writer started from, 0 for a text that was not made yet. `read` maps the entries that
    lay before the writer to the versions they had: these are what the text is recorded to rest on, so that an entry changed
    while somebody was writing makes the text stale. Without it, the entries as they stand now count as read.
    Saving a text that is stale, unchanged, records that it was read against the entries again. Saving with nothing new
    writes nothing.

    Raises StaleSynthesis, DeskClosed, or ValidationError for a text that is too long or cannot be laid out.
    """
    if not policy.has_desk(round):
        raise DeskClosed(str(round))
    text = checked_text(text)
    with transaction.atomic():
        synthesis, _created = Synthesis.objects.select_for_update(of=("self",)).get_or_create(
            round=round, action_point=action_point, chapter=chapter, language=language
        )
        cited = _cited(round, action_point, read) if text else {}
        if synthesis.text == text and _citations(synthesis) == cited:
            return synthesis
        saved = save_if_unchanged(
            synthesis,
            version,
            text=text,
            state=SynthesisState.DRAFTED if text else SynthesisState.NOT_BEGUN,
            updated_by=user,
            updated_at=timezone.now(),
        )
        if not saved:
            # The transaction is rolled back, and with it a row made a moment ago; what others saved stays.
            raise StaleSynthesis(synthesis)
        SynthesisRevision.objects.create(synthesis=synthesis, version=synthesis.version, text=text, saved_by=user)
        synthesis.citations.exclude(entry__in=cited).delete()
        Citation.objects.bulk_create(
            [
                Citation(synthesis=synthesis, entry_id=entry_id, entry_version=entry_version)
                for entry_id, entry_version in cited.items()
            ],
            update_conflicts=True,
            unique_fields=["synthesis", "entry"],
            update_fields=["entry_version"],
        )
    return synthesis


def checked_text(text: str) -> str:
    """The text as it is kept. ValidationError, with a sentence for the writer, for what is too long or cannot be laid out."""
    text = clean_text(text)
    if len(text) > MAX_LENGTH:
        over = len(text) - MAX_LENGTH
        raise ValidationError(
            ngettext(
                "The text is %(over)d character longer than the %(limit)d that are kept. Shorten it and save again.",
                "The text is %(over)d characters longer than the %(limit)d that are kept. Shorten it and save again.",
                over,
            )
            % {"over": over, "limit": MAX_LENGTH}
        )
    markdown.validate(text)
    return text


def _cited(round: Round, action_point: ActionPoint | None, read: Mapping[int, int] | None) -> dict[int, int]:
    """Entry → version: what the text rests on. A chapter rests on the report as a whole and cites nothing."""
    if action_point is None:
        return {}
    entries = Entry.objects.filter(report__round=round, action_point=action_point).exclude(state=EntryState.EMPTY)
    versions = dict(entries.values_list("pk", "version"))
    if read is None:
        return versions
    return {pk: min(read[pk], version) for pk, version in versions.items() if pk in read}


def _citations(synthesis: Synthesis) -> dict[int, int]:
    return dict(synthesis.citations.values_list("entry", "entry_version"))
