"""Each rule of submission: what it asks for, and when it is content."""

import pytest

from reporting.collection.checks import CHECKS, missing, missing_in_entry
from reporting.collection.models import Entry
from reporting.collection.services.entries import save_entry
from reporting.collection.services.rounds import open_round
from tests.collection.world import DAYS, World
from tests.factories.collection import COMPLETE


def entry(**fields) -> Entry:
    return Entry(**{**COMPLETE, **fields})


def fields_missing(one: Entry, previous: Entry | None = None) -> list[str]:
    return [finding.field for finding in missing_in_entry(one, previous)]


def test_a_complete_entry_lacks_nothing():
    assert fields_missing(entry(), previous=entry()) == []


@pytest.mark.parametrize(
    "field",
    ["headline_result", "result_kind", "efforts", "results", "problems", "next_steps", "status", "change_kind"],
)
@pytest.mark.parametrize("blank", ["", "  \n"])
def test_each_rule_asks_for_its_field(field, blank):
    if field in Entry.CHOICE_FIELDS:
        blank = ""
    [finding] = missing_in_entry(entry(**{field: blank}), None)
    assert finding.field == field
    assert finding.sentence.endswith(".")


def test_last_years_problems_are_asked_for_only_where_there_were_some():
    unanswered = entry(problems_follow_up="")
    assert fields_missing(unanswered, None) == []
    assert fields_missing(unanswered, entry(problems="")) == []
    assert fields_missing(unanswered, entry(problems="Late money.")) == ["problems_follow_up"]


def test_a_completed_action_point_needs_no_next_steps():
    assert fields_missing(entry(status="completed", next_steps="")) == []


def test_an_empty_entry_is_told_everything_once():
    found = fields_missing(Entry(), previous=entry())
    assert len(found) == len(set(found)) == len(CHECKS)


def test_every_rule_stands_in_a_file_of_its_own_name():
    names = [rule.__name__.rsplit(".", 1)[1] for rule in CHECKS]
    assert len(set(names)) == len(CHECKS)
    assert all(rule.__doc__ for rule in CHECKS)


@pytest.mark.django_db
def test_the_report_names_its_unready_entries(django_assert_num_queries):
    world = World()
    world.fill()
    report = world.report()
    assert missing(report) == []
    one = world.entry("1.2")
    save_entry(one, {"problems": ""}, user=world.focal, version=one.version)
    with django_assert_num_queries(2):
        [unready] = missing(report)
    assert unready.entry.action_point.code == "1.2"
    assert [finding.field for finding in unready.missing] == ["problems"]


@pytest.mark.django_db
def test_last_year_is_the_same_ministrys_round_of_the_year_before():
    world = World(2026)
    world.fill(problems_follow_up="")
    world.fill("mfa", problems="", problems_follow_up="")
    open_round(2027, **DAYS)
    following = Entry.objects.filter(report__round__year=2027, action_point__code="1.1")
    for row in following:
        save_entry(row, {**COMPLETE, "problems_follow_up": ""}, user=world.focal, version=row.version)
    assert set(following.values_list("report__ministry__code", "state")) == {("mfa", "ready"), ("justice", "draft")}
