"""Opening a round: what it freezes, what it refuses, and that a second opening changes nothing."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from actionpoints.models import ActionPointText, LeadAssignment
from common.models import TransitionRecord
from priority_countries.models import Country, CountryListing, Forum
from reporting.collection.enums import RoundState
from reporting.collection.models import Entry, Round
from reporting.collection.services import rounds
from reporting.collection.services.rounds import RoundRefused, open_round
from tests.factories.collection import make_plan

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2025, 1, 2)


def test_opening_freezes_cells_countries_and_forums():
    make_plan()
    opening = open_round(2030)
    assert (opening.reports, opening.entries, opening.countries, opening.forums) == (3, 6, 2, 1)
    assert opening.round.state == RoundState.OPEN
    assert not opening.already_open
    entry = Entry.objects.get(report__ministry__code="justice", action_point__code="1.1")
    assert (entry.position, entry.state, entry.wording.text_en) == (2, "empty", "Norway will do 1.1.")
    assert TransitionRecord.objects.of(opening.round).get().name == "open"


def test_opening_twice_changes_nothing():
    make_plan()
    open_round(2030)
    before = list(Round.objects.values()), list(Entry.objects.values()), TransitionRecord.objects.count()
    opening = open_round(2030, publication_due_on=datetime.date(2032, 1, 1))
    assert opening.already_open
    assert (opening.reports, opening.entries) == (3, 6)
    assert before == (list(Round.objects.values()), list(Entry.objects.values()), TransitionRecord.objects.count())


def test_only_what_is_in_force_in_the_year_is_frozen():
    make_plan()
    LeadAssignment.objects.filter(action_point__code="1.1", ministry__code="mfa").update(last_year=2029)
    CountryListing.objects.filter(country__iso3="AAA").update(last_year=2029, reason_ended="Peace.")
    Forum.objects.update(first_year=2031)
    ActionPointText.objects.create(
        action_point=Entry.objects.none().first() or LeadAssignment.objects.first().action_point,
        first_year=2030,
        text_en="New words.",
    )
    opening = open_round(2030)
    assert (opening.entries, opening.countries, opening.forums) == (5, 1, 0)
    assert Entry.objects.filter(wording__text_en="New words.").count() == 3


def test_an_opened_round_keeps_its_names_and_cells():
    make_plan()
    round = open_round(2030).round
    Country.objects.update(name_en="Renamed")
    LeadAssignment.objects.all().delete()
    assert {country.name_en for country in round.countries.all()} == {"Country 0", "Country 1"}
    assert Entry.objects.filter(report__round=round).count() == 6


def test_default_days(monkeypatch):
    make_plan()
    monkeypatch.setattr(rounds, "today", lambda: datetime.date(2026, 11, 21))
    round = open_round(2026).round
    assert [getattr(round, field).isoformat() for field in rounds.DAY_FIELDS] == [
        "2026-11-21",
        "2027-01-31",
        "2027-03-01",
        "2027-05-15",
        "2027-08-01",
    ]


def test_a_round_opened_late_has_its_deadlines_behind_it(monkeypatch):
    make_plan()
    monkeypatch.setattr(rounds, "today", lambda: datetime.date(2026, 2, 10))
    round = open_round(2025).round
    assert (round.opens_on, round.missions_due_on) == (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))


def test_a_default_day_before_the_given_opening_is_refused_with_its_name():
    make_plan()
    with pytest.raises(RoundRefused, match="31 January 2026") as refused:
        open_round(2025, opens_on=datetime.date(2026, 2, 10))
    assert refused.value.field == "missions_due_on"
    assert not Round.objects.exists()
    open_round(2025, opens_on=datetime.date(2026, 2, 10), missions_due_on=datetime.date(2026, 2, 20))


def test_a_year_outside_the_plan_is_refused():
    make_plan()
    with pytest.raises(RoundRefused, match="2031"):
        open_round(2031)


def test_a_year_without_leads_is_refused_whole():
    make_plan(cells={})
    with pytest.raises(RoundRefused, match="leads"):
        open_round(2030)
    assert not Round.objects.exists()


def test_an_action_point_without_a_text_is_refused_whole():
    make_plan()
    ActionPointText.objects.filter(action_point__code="1.2").update(first_year=2031)
    with pytest.raises(RoundRefused, match=r"1\.2"):
        open_round(2030)
    assert not Round.objects.exists()


def test_a_planned_round_is_opened_with_its_days():
    plan = make_plan()
    days = {field: datetime.date(2031, 1, 1) for field in rounds.DAY_FIELDS}
    Round.objects.create(plan=plan, year=2030, **days)
    round = open_round(2030, publication_due_on=datetime.date(2031, 9, 1)).round
    assert (round.ministries_due_on, round.publication_due_on) == (
        datetime.date(2031, 1, 1),
        datetime.date(2031, 9, 1),
    )
    assert round.state == RoundState.OPEN


def test_the_command_says_what_it_did_in_numbers(capsys):
    make_plan()
    call_command("open_round", "2030")
    assert "3 reports, 6 entries, 2 countries, 1 forums" in capsys.readouterr().out
    call_command("open_round", "2030")
    assert "nothing was changed" in capsys.readouterr().out


def test_the_command_fails_with_the_option_to_give():
    make_plan()
    with pytest.raises(CommandError, match="--missions-due-on"):
        call_command("open_round", "2025", "--opens-on", "2026-02-10")


def test_change_days_is_locked_and_ordered():
    make_plan()
    round = open_round(2030, opens_on=LONG_AGO).round
    assert rounds.change_days(round, user=None, version=1, clearance_due_on=datetime.date(2031, 6, 1))
    assert not rounds.change_days(round, user=None, version=1, clearance_due_on=datetime.date(2031, 6, 2))
    assert "2031-05-15 → 2031-06-01" in TransitionRecord.objects.of(round).get(name="change_days").comment
    with pytest.raises(RoundRefused):
        rounds.change_days(round, user=None, version=2, clearance_due_on=datetime.date(2033, 6, 2))
