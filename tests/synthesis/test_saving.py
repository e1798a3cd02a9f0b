"""Saving a text: the lock, the revisions, what it rests on."""

import pytest
from django.core.exceptions import ValidationError

from reporting.collection.models import Entry, Round
from reporting.synthesis.models import Synthesis
from reporting.synthesis.services.desk import find_item
from reporting.synthesis.services.saving import MAX_LENGTH, DeskClosed, StaleSynthesis, save_synthesis
from tests.common.threads import in_threads


@pytest.fixture
def save(round, point, editor):
    def call(text, version, code="G1", **more):
        return save_synthesis(round, text=text, version=version, user=editor, action_point=point(code), **more)

    return call


def stale(round, code="G1"):
    return [entry.report.ministry.code for entry in find_item(round, code).stale_entries]


def test_the_first_save_makes_the_row(save, entry, editor):
    entry("G1", "mfa", version=4)
    synthesis = save("One.\r\nTwo.\r\n", 0)
    assert (synthesis.text, synthesis.version, synthesis.state) == ("One.\nTwo.", 1, "drafted")
    assert synthesis.updated_by == editor
    assert list(synthesis.revisions.values_list("version", "text", "saved_by")) == [(1, "One.\nTwo.", editor.pk)]
    assert [citation.entry_version for citation in synthesis.citations.all()] == [4]


def test_every_version_is_kept(save):
    save("One.", 0)
    save("Two.", 1)
    save("", 2)
    synthesis = Synthesis.objects.get()
    assert (synthesis.state, synthesis.version) == ("not_begun", 3)
    assert list(synthesis.revisions.values_list("text", flat=True)) == ["One.", "Two.", ""]


def test_a_stale_save_writes_nothing(save):
    save("Theirs.", 0)
    with pytest.raises(StaleSynthesis) as refusal:
        save("Mine.", 0)
    assert refusal.value.current.text == "Theirs."
    assert Synthesis.objects.get().text == "Theirs."
    assert Synthesis.objects.get().revisions.count() == 1


def test_a_version_that_never_was_makes_no_row(save):
    with pytest.raises(StaleSynthesis):
        save("Mine.", 7)
    assert not Synthesis.objects.exists()


def test_saving_with_nothing_new_writes_nothing(save):
    save("One.", 0)
    assert save("One.", 0).version == 1  # the same form sent twice
    assert Synthesis.objects.get().revisions.count() == 1


def test_languages_are_separate(save):
    save("English.", 0)
    save("Norsk.", 0, language="nb")
    assert Synthesis.objects.count() == 2


def test_a_changed_entry_makes_the_text_stale_until_it_is_saved_again(save, round, entry):
    entry("G1", "mfa")
    save("One.", 0)
    assert stale(round) == []
    Entry.objects.filter(action_point__code="G1", report__ministry__code="mfa").update(version=2)
    assert stale(round) == ["mfa"]
    save("One.", 1)
    assert stale(round) == []


def test_an_entry_filled_in_later_makes_the_text_stale(save, round, entry):
    entry("G1", "mfa")
    save("One.", 0)
    entry("G1", "justice")
    assert stale(round) == ["justice"]


def test_a_cited_entry_that_is_emptied_makes_the_text_stale_until_saved(save, round, entry):
    entry("G1", "mfa")
    save("One.", 0)
    entry("G1", "mfa", state="empty", version=2)
    assert stale(round) == ["mfa"]
    save("One.", 1)
    assert stale(round) == []


def test_an_entry_changed_while_the_text_was_written_shows(save, round, entry):
    read = {entry("G1", "mfa").pk: 1}
    entry("G1", "mfa", version=2)
    entry("G1", "defence")
    save("One.", 0, read=read)
    assert stale(round) == ["mfa", "defence"]


def test_an_empty_text_is_never_stale(save, round, entry):
    entry("G1", "mfa")
    save("One.", 0)
    save("", 1)
    assert stale(round) == []


def test_a_chapter_rests_on_nothing(round, editor, entry):
    entry("G1", "mfa")
    synthesis = save_synthesis(round, text="Introduction.", version=0, user=editor, chapter="introduction")
    assert not synthesis.citations.exists()


@pytest.mark.parametrize(
    "text", ["a" * (MAX_LENGTH + 1), "|h" * 20 + "|\n" + "|-" * 20 + "|\n" + "a\n" * 99, "> " * 30]
)
def test_a_text_that_cannot_be_kept_is_refused(save, text):
    with pytest.raises(ValidationError):
        save(text, 0)
    assert not Synthesis.objects.exists()


def test_control_characters_are_left_out(save):
    assert save("\x0bOne\x01,\x00 two.\x0c", 0).text == "One, two."


def test_the_longest_text_is_kept(save):
    assert len(save("a" * MAX_LENGTH, 0).text) == MAX_LENGTH


def test_a_planned_round_has_no_desk(save, round):
    Round.objects.filter(pk=round.pk).update(state="planned")
    round.refresh_from_db()
    with pytest.raises(DeskClosed):
        save("One.", 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("start", [0, 1])
def test_parallel_saves_never_overwrite_each_other(round, point, editor, save, start):
    """Ten editors send at once, from no text and from version 1: one is saved, nine are told."""
    if start:
        save("Before.", 0)
    action_point = point("G1")

    def send(number):
        save_synthesis(round, text=f"Text {number}.", version=start, user=editor, action_point=action_point)
        return number

    outcomes = in_threads(10, send)
    winners = [outcome for outcome in outcomes if not isinstance(outcome, StaleSynthesis)]
    assert len(outcomes) == 10
    assert len(winners) == 1
    synthesis = Synthesis.objects.get()
    assert synthesis.text == f"Text {winners[0]}."
    assert synthesis.version == start + 1
    assert synthesis.revisions.count() == start + 1
