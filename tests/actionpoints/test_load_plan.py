"""`load_plan`: the plan as data, loaded whole or not at all."""

import copy
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from actionpoints.models import (
    ActionPoint,
    ActionPointText,
    LeadAssignment,
    Ministry,
    Plan,
    Resolution,
    Section,
    Theme,
)
from priority_countries.models import Country, CountryListing, Forum

FILE = Path(__file__).resolve().parents[2] / "fixtures/plan/norway-2023-2030.json"
MODELS = [
    Plan,
    Organisation,
    Theme,
    Section,
    ActionPoint,
    ActionPointText,
    LeadAssignment,
    Resolution,
    Country,
    CountryListing,
    Forum,
]

pytestmark = pytest.mark.django_db


def load(file=FILE, **options) -> str:
    out = io.StringIO()
    call_command("load_plan", str(file), stdout=out, **options)
    return out.getvalue()


def stored() -> dict[str, list]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


@pytest.fixture
def content():
    return json.loads(FILE.read_text())


@pytest.fixture
def write(tmp_path):
    """Write a changed plan and give its path."""

    def to_file(content) -> Path:
        path = tmp_path / "plan.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return to_file


@pytest.fixture
def loaded():
    load()


def test_the_plan_of_norway_is_complete(loaded):
    assert [model.objects.count() for model in (Plan, Theme, Section, ActionPoint, ActionPointText)] == [
        1,
        4,
        11,
        35,
        35,
    ]
    assert [model.objects.count() for model in (LeadAssignment, Ministry)] == [78, 6]
    assert [model.objects.count() for model in (Country, CountryListing, Forum, Resolution)] == [18, 18, 7, 11]
    per_ministry = Counter(LeadAssignment.objects.values_list("ministry__abbreviation", flat=True))
    assert per_ministry == {"MFA": 26, "Justice": 22, "Defence": 17, "Inclusion": 5, "Climate": 5, "Equality": 3}


def test_points_and_leads_stand_in_the_plans_order(loaded):
    codes = list(ActionPoint.objects.in_plan_order().values_list("code", flat=True))
    assert codes[:5] == ["G1", "G2", "G3", "G4", "1.1"]
    assert codes[-2:] == ["3.10", "3.11"]
    climate_first = LeadAssignment.objects.in_force(2026).filter(action_point__code="2.14")
    assert [lead.ministry.code for lead in climate_first] == ["climate", "mfa"]


def test_ministries_and_countries_have_their_names_in_three_languages(loaded):
    mfa = Ministry.objects.get(code="mfa")
    assert (mfa.name_en, mfa.name_nb, mfa.name_nn, mfa.abbreviation_nb) == (
        "Ministry of Foreign Affairs",
        "Utenriksdepartementet",
        "Utanriksdepartementet",
        "UD",
    )
    philippines = Country.objects.get(iso3="PHL")
    assert (philippines.name_nb, philippines.name_nn, philippines.m49) == ("Filippinene", "Filippinane", "608")


def test_the_resolutions_reach_up_to_2020(loaded):
    assert list(Resolution.objects.values_list("number", "year"))[-3:] == [(2467, 2019), (2493, 2019), (2538, 2020)]


def test_the_second_load_changes_nothing_and_says_so(loaded, django_assert_max_num_queries):
    before = stored()
    with django_assert_max_num_queries(30):
        output = load()
    assert "0 rows changed" in output
    assert "35 action points" in output
    assert stored() == before


def test_the_number_of_queries_does_not_follow_the_number_of_rows(loaded, content, write, django_assert_num_queries):
    with CaptureQueriesContext(
        connection,
    ) as whole:
        load()
    shorter = copy.deepcopy(content)
    shorter["themes"] = shorter["themes"][:1]
    with django_assert_num_queries(len(whole)):
        load(write(shorter))


def test_a_changed_file_shows_each_change_and_applies_none(loaded, content, write, capsys):
    content["countries"][17]["name"]["nb"] = "Republikken Jemen"
    content["themes"][0]["sections"][0]["action_points"][0]["leads"][2]["last_year"] = 2027
    content["themes"][0]["sections"][0]["action_points"][0]["texts"].append({"first_year": 2027, "en": "New wording"})
    path, before = write(content), stored()
    with pytest.raises(CommandError, match=r"Nothing was changed. To apply these 3 rows: .*--yes"):
        call_command("load_plan", str(path))
    assert stored() == before
    output = capsys.readouterr().out
    assert 'change country YEM: name_nb "Jemen" → "Republikken Jemen"' in output
    assert 'change lead assignment G1 justice from 2023: last_year "2030" → "2027"' in output
    assert "add text of an action point G1 from 2027" in output


def test_with_yes_the_changes_are_applied(loaded, content, write):
    point = content["themes"][0]["sections"][0]["action_points"][0]
    point["leads"][2]["last_year"] = 2026
    point["leads"].append({"ministry": "climate", "first_year": 2027, "last_year": 2030})
    point["texts"].append({"first_year": 2027, "en": "New wording"})
    path = write(content)
    assert "3 rows changed (2 added, 1 altered)" in load(path, yes=True)
    assert "0 rows changed" in load(path)
    leads = LeadAssignment.objects.filter(action_point__code="G1")
    assert [lead.ministry.code for lead in leads.in_force(2026)] == ["mfa", "defence", "justice"]
    assert [lead.ministry.code for lead in leads.in_force(2027)] == ["mfa", "defence", "climate"]
    texts = ActionPointText.objects.in_bulk()
    wording = {year: ActionPoint.objects.with_wording(year).get(code="G1").wording_id for year in (2026, 2027)}
    assert texts[wording[2026]].text_en.startswith("Integrate the women, peace and security agenda")
    assert texts[wording[2027]].text_en == "New wording"


def test_points_can_change_places(loaded, content, write):
    points = content["themes"][0]["sections"][0]["action_points"]
    points[0], points[1] = points[1], points[0]
    load(write(content), yes=True)
    assert list(ActionPoint.objects.in_plan_order().values_list("code", flat=True))[:3] == ["G2", "G1", "G3"]


def test_what_the_file_no_longer_has_is_named_and_kept(loaded, content, write):
    del content["countries"][14]
    output = load(write(content))
    assert "not in the file: country Syria" in output
    assert "not in the file: priority-country listing Syria 2023–" in output
    assert "0 rows changed" in output
    assert Country.objects.filter(iso3="SYR").exists()


def test_what_was_changed_in_the_administration_is_not_undone_unasked(loaded):
    CountryListing.objects.filter(country__iso3="SYR").update(last_year=2026, reason_ended="Handed over")
    with pytest.raises(CommandError):
        load()
    assert "0 rows changed" in load(if_empty=True)
    assert CountryListing.objects.get(country__iso3="SYR").last_year == 2026


def point(content):
    return content["themes"][2]["sections"][0]["action_points"][2]


WRONG = {
    "unknown ministry": (
        lambda c: point(c)["leads"][1].update(ministry="defense"),
        'themes[2].sections[0].action_points[2].leads[1]: unknown ministry "defense"',
    ),
    "duplicate code": (
        lambda c: point(c).update(code="G1"),
        'themes[2].sections[0].action_points[2].code: duplicate code "G1", which themes[0]',
    ),
    "year outside the plan": (
        lambda c: point(c)["leads"][0].update(last_year=2031),
        "leads[0].last_year: 2031 is outside the plan, which runs from 2023 to 2030",
    ),
    "text before the plan": (
        lambda c: point(c)["texts"][0].update(first_year=2022),
        "texts[0].first_year: 2022 is outside the plan",
    ),
    "years in the wrong order": (
        lambda c: point(c)["leads"][0].update(first_year=2027, last_year=2026),
        "leads[0].last_year: 2026 is before the first year, 2027",
    ),
    "the same lead twice": (
        lambda c: point(c)["leads"].append({"ministry": "mfa", "first_year": 2028, "last_year": 2030}),
        "the lead of mfa overlaps in years with",
    ),
    "no leads": (lambda c: point(c).update(leads=[]), "leads: the list is empty"),
    "missing key": (lambda c: point(c).pop("orientation"), 'action_points[2]: missing "orientation"'),
    "unknown key": (lambda c: point(c).update(colour="red"), 'action_points[2]: unknown key "colour"'),
    "unknown orientation": (lambda c: point(c).update(orientation="inward"), 'unknown orientation "inward"'),
    "wrong type": (
        lambda c: point(c)["leads"][0].update(first_year="2023"),
        "first_year: must be a whole number, not text",
    ),
    "true is no year": (lambda c: point(c)["leads"][0].update(first_year=True), "not true or false"),
    "list for object": (lambda c: c.update(plan=[]), "plan: must be an object, not a list"),
    "object for list": (lambda c: c.update(themes={}), "themes: must be a list, not an object"),
    "empty text": (lambda c: point(c)["texts"][0].update(en="  "), "texts[0].en: is empty"),
    "stray space": (lambda c: point(c)["texts"][0].update(en="Text "), "begins or ends with a space"),
    "control character": (lambda c: point(c)["texts"][0].update(en="a\0b"), "contains a control character"),
    "duplicate ministry": (lambda c: c["ministries"][1].update(code="mfa"), 'duplicate ministry "mfa"'),
    "duplicate country": (lambda c: c["countries"][1].update(iso3="AFG"), 'countries[1]: duplicate country "AFG"'),
    "bad country code": (
        lambda c: c["countries"][1].update(iso3="col"),
        "countries[1]: country col: Three capital letters",
    ),
    "listing without its reason": (
        lambda c: c["countries"][1]["listings"][0].update(last_year=2026),
        'countries[1].listings[0]: missing "reason_ended"',
    ),
    "overlapping listings": (
        lambda c: c["countries"][1]["listings"].append({"first_year": 2026}),
        "the listing of COL overlaps in years",
    ),
    "latitude off the globe": (lambda c: c["countries"][1].update(latitude=91), "countries[1]: country COL: "),
    "duplicate forum": (lambda c: c["forums"][1].update(abbreviation="NATO"), 'duplicate forum "NATO"'),
    "duplicate resolution": (lambda c: c["resolutions"][1].update(number=1325), 'duplicate resolution "1325"'),
    "title too long": (lambda c: c["themes"][1]["title"].update(en="x" * 201), "themes[1]: theme 1: "),
    "plan that ends before it starts": (
        lambda c: c["plan"].update(last_year=2020),
        "plan.last_year: 2020 is not between",
    ),
}


def check_refused(what, content, write):
    spoil, message = WRONG[what]
    spoil(content)
    before = stored()
    with pytest.raises(CommandError) as refused:
        load(write(content), yes=True)
    assert "is refused, and nothing was changed" in str(refused.value)
    assert message in str(refused.value)
    assert stored() == before


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_refused_whole_with_the_place_named(what, content, write):
    check_refused(what, content, write)


@pytest.mark.parametrize("what", ["unknown ministry", "latitude off the globe"])
def test_a_wrong_file_changes_nothing_of_what_is_loaded(what, loaded, content, write):
    content["countries"][0]["name"]["en"] = "Changed before the mistake"
    check_refused(what, content, write)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"plan": }', "line 1, column 10: not JSON"),
        (b"", "line 1, column 1: not JSON"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b'{\n"plan": "\xe6"}', "line 2: not UTF-8"),
        (b'{"plan": 1, "plan": 2}', 'the key "plan" stands twice'),
        (b'{"plan": NaN}', "NaN is not a number"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[]", "must be an object, not a list"),
    ],
)
def test_what_is_no_plan_file_is_refused(raw, message, tmp_path):
    path = tmp_path / "plan.json"
    path.write_bytes(raw)
    with pytest.raises(CommandError) as refused:
        load(path)
    assert message in str(refused.value)
    assert not Plan.objects.exists()


def test_a_missing_file_is_named():
    with pytest.raises(CommandError, match="No such file"):
        load("nowhere.json")
