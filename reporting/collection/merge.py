"""Two people wrote the same entry: what each of them changed since the version that both started from."""

from dataclasses import dataclass

from reporting.collection.models import Entry, EntryRevision
from reporting.collection.services.entries import Content, content_of


@dataclass(frozen=True)
class Merge:
    """`content` is offered in the form: my text where I changed something, theirs where only they did.

    `differing` are the fields where my text and theirs are not the same; `taken_over` those of them that I had not touched.
    """

    content: Content
    theirs: Content
    mine: Content
    differing: list[str]
    taken_over: list[str]


def merge(current: Entry, mine: Content, version: int) -> Merge:
    """Lay `mine`, written from `version`, over the entry as it is now. Nothing is written."""
    theirs = content_of(current)
    base = _content_at(current, version)
    mine = {**theirs, **mine}
    differing = [field for field in theirs if _differs(mine[field], theirs[field])]
    taken_over = [field for field in differing if base is not None and not _differs(mine[field], base[field])]
    content = {**mine, **{field: theirs[field] for field in taken_over}}
    return Merge(content, theirs, mine, differing, taken_over)


def _content_at(entry: Entry, version: int) -> Content | None:
    """The entry as it was at `version`: its revision, the empty form before the first save, or None if there was none."""
    if version == 1:
        return content_of_empty()
    revision = EntryRevision.objects.filter(entry=entry, version=version).first()
    return revision.content if revision else None


def content_of_empty() -> Content:
    texts = dict.fromkeys((*Entry.TEXT_FIELDS, *Entry.CHOICE_FIELDS), "")
    return {**texts, "do_no_harm": False, **{field: [] for field in Entry.TAG_FIELDS}}


def _differs(one, other) -> bool:
    return set(one) != set(other) if isinstance(one, list) else one != other
