"""Two people make a report public; after that it does not change."""

import pytest

from accounts.enums import Role
from common.models import TransitionRecord
from reporting.collection.enums import RoundState
from reporting.collection.models import Entry, Round
from reporting.publication.models import Publication
from reporting.publication.services.publishing import (
    ErratumMissing,
    PublicationRefused,
    SecondPersonRequired,
    publish,
)
from tests.factories.collection import person
from tests.factories.publication import make_build, make_publication, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(db):
    return person(Role.MFA_PUBLISHER)


def test_a_first_edition_ends_the_round_and_records_each_step(quick, publisher):
    editor = person(Role.MFA_EDITOR)
    round = make_round()
    publication = publish(make_build(round, user=editor), user=publisher)
    assert (publication.edition, publication.requested_by, publication.published_by) == (1, editor, publisher)
    assert Round.objects.get().state == RoundState.PUBLISHED
    records = TransitionRecord.objects.of(round).exclude(name="open")
    assert [(record.name, record.user) for record in records] == [
        ("close", publisher),
        ("begin_synthesis", publisher),
        ("publish", publisher),
    ]


def test_whoever_asked_for_the_build_cannot_publish_it(quick, publisher):
    build = make_build(make_round(), user=publisher)
    with pytest.raises(SecondPersonRequired):
        publish(build, user=publisher)
    assert not Publication.objects.exists()
    assert Round.objects.get().state == RoundState.OPEN


def test_a_build_made_from_the_command_line_can_be_published(quick, publisher):
    assert publish(make_build(make_round()), user=publisher).requested_by is None


def test_a_report_that_is_not_accepted_does_not_hold_up_the_others(quick, publisher):
    publish(make_build(make_round(accepted={"mfa"})), user=publisher)
    assert Round.objects.get().state == RoundState.PUBLISHED


def test_a_report_without_any_accepted_report_is_nothing_to_publish(quick, publisher):
    with pytest.raises(PublicationRefused, match="nothing to publish"):
        publish(make_build(make_round(accepted=set())), user=publisher)
    assert Round.objects.get().state == RoundState.OPEN


def test_an_unfinished_build_cannot_be_published(quick, publisher):
    with pytest.raises(PublicationRefused, match="succeeded"):
        publish(make_build(make_round(), run=False), user=publisher)


def test_a_build_is_published_once(quick, publisher):
    build = make_build(make_round())
    publish(build, user=publisher)
    with pytest.raises(PublicationRefused, match="already"):
        publish(build, user=publisher)


def test_a_build_that_prints_another_edition_cannot_be_published(quick, publisher):
    round = make_round()
    early = make_build(round)
    publish(make_build(round), user=publisher)
    with pytest.raises(PublicationRefused, match="edition 1; the next one is edition 2"):
        publish(early, user=publisher, erratum="A figure was wrong.")


def test_a_correction_says_what_it_corrects_and_leaves_the_round_published(quick, publisher):
    round = make_round()
    make_publication(round)
    build = make_build(round)
    assert build.edition == 2
    with pytest.raises(ErratumMissing):
        publish(build, user=publisher, erratum="  ")
    publication = publish(build, user=publisher, erratum=" A figure was wrong. ")
    assert (publication.edition, publication.erratum) == (2, "A figure was wrong.")
    assert TransitionRecord.objects.filter(name="publish").count() == 1


def test_editing_afterwards_changes_no_byte(quick):
    round = make_round()
    publication = make_publication(round)
    directory = publication.build.directory
    before = {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}
    Entry.objects.update(results="Something else.", headline_result="Something else.")
    make_build(round)
    assert {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()} == before
