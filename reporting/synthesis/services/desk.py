"""What the desk shows: the texts of a round in the plan's order, and which of them rest on entries that changed since.

Publication asks the same functions what is missing or stale before it publishes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch

from actionpoints.models import ActionPoint, Section, Theme
from reporting.collection.enums import EntryState, MinistryReportState, RoundState
from reporting.collection.models import Entry, Round
from reporting.synthesis.enums import Chapter, SynthesisState
from reporting.synthesis.models import Citation, Synthesis, SynthesisRevision


@dataclass(frozen=True)
class Item:
    """One text to write: of a chapter, or of an action point with its entries in the order of the leads."""

    code: str
    title: str
    synthesis: Synthesis
    entries: list[Entry] = field(default_factory=list)
    action_point: ActionPoint | None = None

    @property
    def state(self) -> SynthesisState:
        return SynthesisState(self.synthesis.state)

    @property
    def is_drafted(self) -> bool:
        return self.state == SynthesisState.DRAFTED

    @property
    def words(self) -> int:
        return len(self.synthesis.text.split())

    @property
    def accepted(self) -> int:
        """How many of the lead ministries' reports are accepted."""
        return sum(entry.report.state == MinistryReportState.ACCEPTED for entry in self.entries)

    @property
    def stale_entries(self) -> list[Entry]:
        return stale_entries(self.synthesis, self.entries)


@dataclass(frozen=True)
class SectionItems:
    section: Section
    items: list[Item]


@dataclass(frozen=True)
class ThemeItems:
    theme: Theme
    sections: list[SectionItems]


@dataclass(frozen=True)
class Desk:
    """All texts of a round in one language."""

    chapters: list[Item]
    themes: list[ThemeItems]

    @property
    def items(self) -> list[Item]:
        points = [item for theme in self.themes for section in theme.sections for item in section.items]
        return [*self.chapters, *points]

    @property
    def drafted(self) -> list[Item]:
        return [item for item in self.items if item.is_drafted]

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if not item.is_drafted]

    @property
    def stale(self) -> list[Item]:
        return [item for item in self.items if item.stale_entries]


def desk(round: Round, language: str = "en") -> Desk:
    """The round's chapters and action points with their texts in `language`. Three queries, however many rows.

    The entries come without their long texts.
    """
    syntheses = _with_citations(Synthesis.objects.filter(round=round, language=language))
    by_point = {row.action_point_id: row for row in syntheses if row.action_point_id}
    by_chapter = {row.chapter: row for row in syntheses if row.chapter}
    entries = (
        Entry.objects.filter(report__round=round)
        .select_related("report__ministry", "action_point__section__theme", "wording")
        .defer(*Entry.TEXT_FIELDS)
        .in_plan_order()
    )
    points = [
        _point_item(round, language, action_point, list(cells), by_point.get(action_point.pk))
        for action_point, cells in groupby(entries, key=lambda entry: entry.action_point)
    ]
    return Desk(
        chapters=[_chapter_item(round, language, chapter, by_chapter.get(chapter)) for chapter in Chapter],
        themes=[
            ThemeItems(theme, [SectionItems(section, list(rows)) for section, rows in groupby(of_theme, key=_section)])
            for theme, of_theme in groupby(points, key=lambda item: _section(item).theme)
        ],
    )


def find_item(round: Round, code: str, language: str = "en") -> Item | None:
    """The text of a chapter or of an action point, with whole entries and their tags; None when the round has no such.

    The number of queries does not depend on the number of rows.
    """
    if code in Chapter.values:
        rows = _with_citations(Synthesis.objects.filter(round=round, chapter=code, language=language))
        return _chapter_item(round, language, Chapter(code), next(iter(rows), None))
    entries = list(
        Entry.objects.filter(report__round=round, action_point__code=code)
        .select_related("report__ministry", "report__round", "action_point__section__theme", "wording")
        .prefetch_related(*Entry.TAG_FIELDS)
        .order_by("position")
    )
    if not entries:
        return None
    action_point = entries[0].action_point
    rows = _with_citations(Synthesis.objects.filter(round=round, action_point=action_point, language=language))
    return _point_item(round, language, action_point, entries, next(iter(rows), None))


def neighbours(round: Round, code: str) -> tuple[str | None, str | None]:
    """The codes before and after `code` in the order of the report: the chapters, then the round's action points."""
    points = ActionPoint.objects.filter(entries__report__round=round).in_plan_order().distinct()
    # distinct() compares what the order is by as well: one row per action point all the same.
    codes = [*Chapter.values, *points.values_list("code", flat=True)]
    at = codes.index(code)
    return (codes[at - 1] if at else None), (codes[at + 1] if at + 1 < len(codes) else None)


def published_before(round: Round, item: Item) -> Synthesis | None:
    """The text of the same chapter or action point in the year before, if that year's report is published."""
    return (
        Synthesis.objects.filter(
            round__year=round.year - 1,
            round__state=RoundState.PUBLISHED,
            action_point=item.action_point,
            chapter=item.synthesis.chapter,
            language=item.synthesis.language,
            state=SynthesisState.DRAFTED,
        )
        .select_related("round")
        .first()
    )


def earlier_versions(synthesis: Synthesis, limit: int = 10) -> list[SynthesisRevision]:
    """The versions before the present one, newest first."""
    earlier = SynthesisRevision.objects.filter(synthesis_id=synthesis.pk, version__lt=synthesis.version)
    return list(earlier.select_related("saved_by").order_by("-version")[:limit])


def stale_entries(synthesis: Synthesis, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that a text no longer matches: cited in another version, or filled in since it was saved.

    A text that is not begun is never stale. `entries` are all entries of its action point in its round.
    """
    if synthesis.state == SynthesisState.NOT_BEGUN or synthesis.action_point_id is None:
        return []
    cited = {citation.entry_id: citation.entry_version for citation in synthesis.citations.all()}
    return [
        entry
        for entry in entries
        if (entry.pk in cited and cited[entry.pk] != entry.version)
        or (entry.pk not in cited and entry.state != EntryState.EMPTY)
    ]


def _with_citations(syntheses) -> list[Synthesis]:
    return list(
        syntheses.select_related("updated_by").prefetch_related(Prefetch("citations", Citation.objects.order_by("pk")))
    )


def _section(item: Item) -> Section:
    if item.action_point is None:
        raise ValueError(f"{item.code} is a chapter and stands in no section")
    return item.action_point.section


def _chapter_item(round: Round, language: str, chapter: Chapter, row: Synthesis | None) -> Item:
    row = row or Synthesis(round=round, chapter=chapter, language=language)
    return Item(code=chapter.value, title=str(chapter.label), synthesis=row)


def _point_item(
    round: Round, language: str, action_point: ActionPoint, entries: list[Entry], row: Synthesis | None
) -> Item:
    row = row or Synthesis(round=round, action_point=action_point, language=language)
    return Item(
        code=action_point.code,
        title=entries[0].wording.text,
        synthesis=row,
        entries=entries,
        action_point=action_point,
    )
