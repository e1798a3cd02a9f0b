"""Saving an entry: drafts of any completeness, one revision per version, nothing overwritten, nothing lost."""

import pytest

from accounts.enums import Role
from reporting.collection.models import Entry, EntryAssignment, EntryRevision
from reporting.collection.services import reports
from reporting.collection.services.entries import (
    AssignmentRefused,
    EntryStale,
    ReportNotOpen,
    assign,
    content_of,
    save_entry,
)
from tests.factories.collection import COMPLETE, person

pytestmark = pytest.mark.django_db
TAGS = {"countries": ["AAB", "AAA"], "forums": ["F0"], "resolutions": [1325]}


def test_saving_writes_the_entry_and_its_revision(world):
    entry = world.entry()
    assert save_entry(entry, {**COMPLETE, **TAGS}, user=world.focal, version=1)
    entry.refresh_from_db()
    assert (entry.version, entry.state, entry.updated_by) == (2, "ready", world.focal)
    revision = EntryRevision.objects.get(entry=entry)
    assert (revision.version, revision.saved_by) == (2, world.focal)
    assert revision.content == content_of(entry)
    assert revision.content["countries"] == ["AAA", "AAB"]


def test_saving_without_a_change_writes_nothing(world):
    entry = world.entry()
    save_entry(entry, {**COMPLETE, **TAGS}, user=world.focal, version=1)
    entry.refresh_from_db()
    before = Entry.objects.filter(pk=entry.pk).values().get()
    assert not save_entry(entry, {**COMPLETE, **TAGS}, user=world.alternate, version=entry.version)
    assert not save_entry(entry, {}, user=world.alternate, version=entry.version)
    assert Entry.objects.filter(pk=entry.pk).values().get() == before
    assert EntryRevision.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ({"internal_note": "Ask the agency."}, "draft"),
        ({"countries": ["AAA"]}, "draft"),
        ({"do_no_harm": True}, "draft"),
        (COMPLETE, "ready"),
    ],
)
def test_the_state_follows_from_what_is_written(world, content, state):
    entry = world.entry()
    save_entry(entry, content, user=world.focal, version=1)
    assert entry.state == state
    cleared = {**dict.fromkeys(Entry.TEXT_FIELDS + Entry.CHOICE_FIELDS, ""), "do_no_harm": False, "countries": []}
    save_entry(entry, cleared, user=world.focal, version=2)
    assert entry.state == "empty"


def test_a_stale_version_writes_nothing(world):
    entry = world.entry()
    save_entry(entry, {"efforts": "Theirs"}, user=world.alternate, version=1)
    with pytest.raises(EntryStale) as stale:
        save_entry(world.entry(), {"efforts": "Mine"}, user=world.focal, version=1)
    assert stale.value.current.efforts == "Theirs"
    assert world.entry().efforts == "Theirs"
    assert EntryRevision.objects.count() == 1


def test_the_same_text_sent_twice_is_no_conflict(world):
    save_entry(world.entry(), COMPLETE, user=world.focal, version=1)
    assert not save_entry(world.entry(), COMPLETE, user=world.focal, version=1)


def test_a_report_that_was_handed_in_cannot_be_written(world):
    world.fill()
    reports.submit_report(world.report(), user=world.focal)
    with pytest.raises(ReportNotOpen):
        save_entry(world.entry(), {"efforts": "Late"}, user=world.focal, version=2)


def test_a_tag_outside_the_round_is_refused(world):
    for content in ({"countries": ["ZZZ"]}, {"forums": ["NONE"]}, {"resolutions": [1]}):
        with pytest.raises(ValueError, match="not among"):
            save_entry(world.entry(), content, user=world.focal, version=1)
    assert world.entry().version == 1


def test_assignment_takes_contributors_of_the_ministry_only(world):
    entry = world.entry()
    stranger = person(Role.CONTRIBUTOR, "defence")
    with pytest.raises(AssignmentRefused):
        assign(entry, [stranger], user=world.focal)
    assign(entry, [world.contributor], user=world.focal)
    assign(entry, [world.contributor], user=world.alternate)
    assert EntryAssignment.objects.get().assigned_by == world.focal
    assign(entry, [], user=world.focal)
    assert not EntryAssignment.objects.exists()
