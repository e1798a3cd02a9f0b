"""Writing an entry. Its content travels as one dictionary: the form's fields, tags as codes; revisions keep the same."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionpoints.models import Resolution
from common.locking import save_if_unchanged
from common.text import clean_text
from reporting.collection.checks import missing_in_entry
from reporting.collection.enums import EntryState
from reporting.collection.models import Comment, Entry, EntryAssignment, EntryRevision, MinistryReport
from reporting.collection.people import possible_contributors

Content = dict[str, Any]
VALUE_FIELDS = (*Entry.TEXT_FIELDS, *Entry.CHOICE_FIELDS, "do_no_harm")


class EntryStale(Exception):
    """Somebody else saved first. `current` is the entry as it now stands; nothing was written."""

    def __init__(self, current: Entry):
        self.current = current
        super().__init__(f"entry {current.pk} is at version {current.version}")


class ReportNotOpen(Exception):
    """The report was submitted or accepted, so its entries cannot be written."""


class AssignmentRefused(Exception):
    """The person is not a contributor of the ministry or of an agency under it."""


def content_of(entry: Entry) -> Content:
    """The content as it is saved now. Prefetch the tags where many entries are read."""
    content: Content = {field: getattr(entry, field) for field in VALUE_FIELDS}
    content["countries"] = sorted(country.iso3 for country in entry.countries.all())
    content["forums"] = [forum.abbreviation for forum in sorted(entry.forums.all(), key=lambda forum: forum.position)]
    content["resolutions"] = sorted(resolution.number for resolution in entry.resolutions.all())
    return content


def save_entry(entry: Entry, content: Content, *, user, version: int) -> bool:
    """Write `content` over `version` of the entry and keep a revision, in one transaction.

    Keys that `content` lacks keep their value. Returns False, having written nothing, when nothing would change. Raises
    EntryStale when the entry has moved on from `version`, ReportNotOpen when the report cannot be written any more, and
    ValueError for a tag that the round does not cover.
    """
    with transaction.atomic():
        # The report's row is held, so that a submission cannot pass between the question and the writing.
        report = MinistryReport.objects.select_for_update(of=("self",)).select_related("round").get(pk=entry.report_id)
        if not report.is_open_for_writing:
            raise ReportNotOpen
        current = Entry.objects.get(pk=entry.pk)
        before = content_of(current)
        after = {**before, **{field: content[field] for field in before if field in content}}
        for field in Entry.TEXT_FIELDS:
            after[field] = clean_text(after[field])
        for field in Entry.TAG_FIELDS:
            after[field] = sorted(set(after[field])) if field != "forums" else list(dict.fromkeys(after[field]))
        retagged = [field for field in Entry.TAG_FIELDS if set(after[field]) != set(before[field])]
        if not retagged and all(after[field] == before[field] for field in VALUE_FIELDS):
            return False
        values = {field: after[field] for field in VALUE_FIELDS}
        tags = _tags(report, after, retagged)
        candidate = Entry(report=report, action_point_id=entry.action_point_id, **values)
        previous = Entry.objects.of_year_before(report).filter(action_point=entry.action_point_id).first()
        saved = save_if_unchanged(
            entry,
            version,
            **values,
            state=_state(candidate, after, previous),
            updated_by=user,
            updated_at=timezone.now(),
        )
        if not saved:
            raise EntryStale(current)
        for field, rows in tags.items():
            getattr(entry, field).set(rows)
        EntryRevision.objects.create(entry=entry, version=entry.version, content=after, saved_by=user)
    return True


def assign(entry: Entry, contributors, *, user) -> None:
    """Let exactly these people write the entry beside the focal points."""
    wanted = {person.pk for person in contributors}
    with transaction.atomic():
        report = MinistryReport.objects.select_for_update(of=("self",)).get(pk=entry.report_id)
        assigned = set(EntryAssignment.objects.filter(entry=entry).values_list("user_id", flat=True))
        allowed = set(possible_contributors(report.ministry_id).values_list("pk", flat=True))
        if not wanted <= allowed | assigned:
            raise AssignmentRefused
        EntryAssignment.objects.filter(entry=entry, user__in=assigned - wanted).delete()
        EntryAssignment.objects.bulk_create(
            EntryAssignment(entry=entry, user_id=pk, assigned_by=user) for pk in sorted(wanted - assigned)
        )


def add_comment(entry: Entry, text: str, *, user) -> Comment:
    """Say something about the entry to colleagues in the ministry and the MFA."""
    return Comment.objects.create(entry=entry, author=user, text=clean_text(text))


def _tags(report: MinistryReport, content: Content, fields: list[str]) -> dict[str, list[int]]:
    """The rows of these tags, as primary keys; only what the round covers can be named."""
    on_offer = {
        "countries": report.round.countries.values_list("country__iso3", "country"),
        "forums": report.round.forums.values_list("forum__abbreviation", "forum"),
        "resolutions": Resolution.objects.values_list("number", "pk"),
    }
    tags = {}
    for field in fields:
        rows: dict[Any, int] = dict(on_offer[field])
        for code in content[field]:
            if code not in rows:
                raise ValueError(
                    _("%(code)s is not among the %(field)s of this round.") % {"code": code, "field": field}
                )
        tags[field] = [rows[code] for code in content[field]]
    return tags


def _state(entry: Entry, content: Content, previous: Entry | None) -> EntryState:
    if not any(content.values()):
        return EntryState.EMPTY
    return EntryState.DRAFT if missing_in_entry(entry, previous) else EntryState.READY
