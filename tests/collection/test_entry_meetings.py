"""When an entry is written by two hands or two windows, comes too late, or came back; and last year's as others may read it."""

import pytest

from reporting.collection.services import reports
from reporting.collection.services.entries import assign, save_entry
from reporting.collection.services.rounds import open_round
from tests.collection.world import DAYS, posted
from tests.factories.collection import COMPLETE

pytestmark = pytest.mark.django_db
NEXT_YEAR = "/rounds/2027/ministries/justice/entries/1.1/"


def assigned_next_year(world):
    """The contributor writes 1.1 of the next round, and did not write last year's."""
    round = open_round(2027, **DAYS).round
    assign(
        round.reports.get(ministry__code="justice").entries.get(action_point__code="1.1"),
        [world.contributor],
        user=None,
    )


def test_a_contributor_of_this_year_reads_last_years_published_fields_only(world, client_for):
    world.fill(internal_note="Kept among us.", evidence="A secret register.", partners="UN Women")
    assigned_next_year(world)
    client = client_for(world.contributor)
    assert client.get(world.entry_url()).status_code == 404
    page = client.get(NEXT_YEAR).content.decode()
    assert COMPLETE["results"] in page
    assert "UN Women" in page
    for kept in ("Kept among us.", "A secret register."):
        assert kept not in page
        assert kept in client_for(world.focal).get(NEXT_YEAR).content.decode()
    # Also where the entry is read and not written.
    report = world.round.__class__.objects.get(year=2027).reports.get(ministry__code="justice")
    for entry in report.entries.all():
        save_entry(entry, COMPLETE, user=world.focal, version=1)
    reports.submit_report(report, user=world.focal)
    page = client.get(NEXT_YEAR).content.decode()
    assert "<dd" in page
    assert "Kept among us." not in page


def test_last_years_entry_that_could_harm_somebody_is_not_shown_to_who_cannot_open_it(world, client_for):
    world.fill(results="A witness in the north.", do_no_harm=True)
    assigned_next_year(world)
    assert "A witness in the north." not in client_for(world.contributor).get(NEXT_YEAR).content.decode()
    assert "A witness in the north." in client_for(world.focal).get(NEXT_YEAR).content.decode()


def test_who_was_assigned_last_year_too_reads_all_of_it(world, client_for):
    world.fill(internal_note="Kept among us.")
    assign(world.entry(), [world.contributor], user=world.focal)
    assigned_next_year(world)
    assert "Kept among us." in client_for(world.contributor).get(NEXT_YEAR).content.decode()


def test_ones_own_second_window_is_called_that(world, client_for):
    client = client_for(world.focal)
    client.post(world.entry_url(), posted(world.entry(), efforts="From one window", problems="Only there"))
    response = client.post(
        world.entry_url(), {**posted(world.entry()), "efforts": "From the other", "problems": "", "version": 1}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "You saved this entry in another window" in page
    assert "omebody else" not in page
    assert "their" not in page.split("<main")[1].split("entry-head")[0]


def test_a_save_that_comes_after_the_submission_gets_back_what_is_not_saved(world, client_for):
    world.fill()
    reports.submit_report(world.report(), user=world.alternate)
    data = {
        **posted(world.entry()),
        "results": "Typed too late",
        "status": "delayed",
        "countries": ["AAA"],
        "whole": "True",
    }
    response = client_for(world.focal).post(world.entry_url(), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Alma Alternate submitted it on" in page
    assert "a comment below" in page
    for name, text in (("results", "Typed too late"), ("status", "Delayed"), ("countries", "Country 0")):
        assert f'id="rejected_{name}" rows="4" readonly>{text}</textarea>' in page.replace("\n", "")
    # What stands in the report already need not be copied.
    assert page.count('id="rejected_') == 3
    assert world.entry().results == COMPLETE["results"]


def test_a_late_save_of_what_is_saved_loses_nothing_and_says_so(world, client_for):
    world.fill()
    reports.submit_report(world.report(), user=world.alternate)
    response = client_for(world.focal).post(world.entry_url(), posted(world.entry()))
    assert response.status_code == 409
    assert "nothing is lost" in response.content.decode()
    assert 'id="rejected_' not in response.content.decode()


def test_a_late_save_of_what_could_not_be_saved_anyway_is_given_back_too(world, client_for):
    world.fill()
    reports.submit_report(world.report(), user=world.focal)
    reports.accept_report(world.report(), user=world.editor)
    data = {"efforts": "x" * 20_001, "status": "excellent", "forums": ["ZZZ"], "do_no_harm": "on", "version": ""}
    page = client_for(world.focal).post(world.entry_url(), data).content.decode()
    assert "x" * 20_001 in page
    assert "excellent</textarea>" in page
    assert "ZZZ</textarea>" in page
    assert page.count('id="rejected_') == 4
    assert "to reopen it" in page


def test_the_reasons_of_a_return_stand_on_each_entry(world, client_for):
    world.fill()
    assign(world.entry(), [world.contributor], user=world.focal)
    reports.submit_report(world.report(), user=world.focal)
    reports.return_report(world.report(), user=world.editor, comment="Say how many <b>.")
    for who in (world.focal, world.contributor, world.editor):
        assert "Say how many &lt;b&gt;." in client_for(who).get(world.entry_url()).content.decode()
    reports.submit_report(world.report(), user=world.focal)
    assert "Say how many" not in client_for(world.focal).get(world.entry_url()).content.decode()
