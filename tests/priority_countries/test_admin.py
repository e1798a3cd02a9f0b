"""The priority list and the plan kept by an administrator, over HTTP."""

from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from actionpoints.models import ActionPoint, LeadAssignment
from priority_countries.models import Country, CountryListing, Forum
from tests.factories.accounts import person_with
from tests.factories.actionpoints import (
    ActionPointFactory,
    ActionPointTextFactory,
    LeadAssignmentFactory,
    MinistryFactory,
    PlanFactory,
)
from tests.factories.priority_countries import CountryFactory, CountryListingFactory, ForumFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan():
    return PlanFactory()


@pytest.fixture
def web(client_for):
    return client_for(person_with(Role.ADMINISTRATOR))


def change(instance) -> str:
    return reverse(f"admin:{instance._meta.app_label}_{instance._meta.model_name}_change", args=[instance.pk])


def inline(prefix, *forms, initial=0) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": initial}
    for number, form in enumerate(forms):
        data |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return data


def save_country(web, country, *listings, initial=0, **values):
    names = ["iso3", "m49", "name_en", "name_nb", "name_nn", "latitude", "longitude"]
    data = {name: getattr(country, name) for name in names} | values
    return web.post(change(country), data | inline("listings", *listings, initial=initial))


def row(listing, **values) -> dict:
    return {"id": listing.pk, "country": listing.country_id, "first_year": listing.first_year, **values}


def on_the_list(client, year) -> list[str]:
    response = client.get("/countries/", {"year": year})
    return [listing.country.iso3 for listing in response.context["list"].listings]


def test_listing_a_country_from_a_year(web, client):
    country = CountryFactory(iso3="LBN")
    assert save_country(web, country, {"first_year": 2027, "reason_listed": "The crisis"}).status_code == 302
    assert [on_the_list(client, year) for year in (2026, 2027, 2030)] == [[], ["LBN"], ["LBN"]]


def test_ending_a_listing_with_its_reason(web, client):
    listing = CountryListingFactory(country__iso3="JOR")
    refused = save_country(web, listing.country, row(listing, last_year=2026), initial=1)
    assert "Say why the listing ends." in refused.content.decode()
    assert on_the_list(client, 2027) == ["JOR"]
    ended = row(listing, last_year=2026, reason_ended="The programme was handed over")
    assert save_country(web, listing.country, ended, initial=1).status_code == 302
    assert [on_the_list(client, year) for year in (2026, 2027)] == [["JOR"], []]
    assert "The programme was handed over" in client.get("/countries/?year=2027").content.decode()
    assert LogEntry.objects.get().object_id == str(listing.country_id)


def test_correcting_a_name_in_three_languages(web):
    country = CountryFactory(name_en="Philippines", name_nb="Filipinene", name_nn="Filipinane")
    names = {"name_en": "The Philippines", "name_nb": "Filippinene", "name_nn": "Filippinane"}
    assert save_country(web, country, **names).status_code == 302
    assert Country.objects.values(*names).get() == names


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"first_year": 2022}, "The plan runs from 2023 to 2030."),
        ({"first_year": 2031}, "The plan runs from 2023 to 2030."),
        ({"first_year": 2027, "last_year": 2026, "reason_ended": "x"}, "A listing cannot end before it starts."),
        ({"first_year": ""}, "This field is required."),
    ],
)
def test_what_a_listing_cannot_be_is_said_at_the_form(web, values, message):
    country = CountryFactory()
    response = save_country(web, country, {"first_year": 2027, "reason_listed": "x", **values})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not CountryListing.objects.exists()


def test_a_country_that_is_listed_is_not_listed_again(web):
    listing = CountryListingFactory()
    add = reverse("admin:priority_countries_countrylisting_add")
    response = web.post(add, {"country": listing.country_id, "first_year": 2027})
    assert "This country is on the list already." in response.content.decode()
    twice = save_country(web, CountryFactory(), {"first_year": 2024}, {"first_year": 2026})
    assert "Two rows overlap in their years" in twice.content.decode()
    assert CountryListing.objects.count() == 1


def test_a_wrong_country_code_is_refused_at_the_form(web):
    country = CountryFactory()
    response = save_country(web, country, iso3="abc")
    assert "Three capital letters, as in AFG." in response.content.decode()


def test_a_forum_cannot_end_before_it_starts(web):
    forum = ForumFactory()
    data = {"abbreviation": "AU", "name_en": "African Union", "position": 1, "first_year": 2026, "last_year": 2025}
    assert "cannot end before it starts" in web.post(change(forum), data).content.decode()
    assert Forum.objects.get().last_year is None


def save_point(web, point, *leads, texts=(), initial=0, texts_initial=0):
    data = {
        "section": point.section_id,
        "code": point.code,
        "position": point.position,
        "orientation": point.orientation,
        **inline("texts", *texts, initial=texts_initial),
        **inline("lead_assignments", *leads, initial=initial),
    }
    return web.post(change(point), data)


def test_a_lead_changes_from_a_year_on(web):
    lead = LeadAssignmentFactory()
    successor = MinistryFactory()
    response = save_point(
        web,
        lead.action_point,
        {
            "id": lead.pk,
            "action_point": lead.action_point_id,
            "ministry": lead.ministry_id,
            "position": 1,
            "first_year": 2023,
            "last_year": 2026,
        },
        {"ministry": successor.pk, "position": 1, "first_year": 2027, "last_year": 2030},
        initial=1,
    )
    assert response.status_code == 302
    leads = LeadAssignment.objects
    assert [[item.ministry for item in leads.in_force(year)] for year in (2026, 2027)] == [
        [lead.ministry],
        [successor],
    ]


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ([(2023, 2031)], "The plan runs from 2023 to 2030."),
        ([(2027, 2026)], "A lead assignment cannot end before it starts."),
        ([(2023, 2026), (2026, 2030)], "Two rows overlap in their years"),
    ],
)
def test_what_a_lead_cannot_be_is_said_at_the_form(web, years, message):
    point, ministry = ActionPointFactory(), MinistryFactory()
    leads = [{"ministry": ministry.pk, "position": 1, "first_year": first, "last_year": last} for first, last in years]
    response = save_point(web, point, *leads)
    assert message in response.content.decode()
    assert not LeadAssignment.objects.exists()


def test_a_wording_changes_from_a_year_on(web):
    text = ActionPointTextFactory()
    point = text.action_point
    old = {"id": text.pk, "action_point": point.pk, "first_year": 2023, "text_en": text.text_en}
    new = {"first_year": 2027, "text_en": "A new wording"}
    assert save_point(web, point, texts=[old, new], texts_initial=1).status_code == 302
    wordings = {year: ActionPoint.objects.with_wording(year).get().wording_id for year in (2026, 2027)}
    assert wordings[2026] == text.pk != wordings[2027]
    outside = save_point(web, point, texts=[old, {**new, "first_year": 2040}], texts_initial=1)
    assert "The plan runs from 2023 to 2030." in outside.content.decode()


def test_forms_and_lists_ask_as_often_for_ten_rows_as_for_one(web, queries_of):
    lead, listing = LeadAssignmentFactory(), CountryListingFactory(ended=True)
    ActionPointTextFactory(action_point=lead.action_point)
    pages = [
        change(lead.action_point),
        change(listing.country),
        reverse("admin:actionpoints_actionpoint_changelist"),
        reverse("admin:actionpoints_section_changelist"),
        reverse("admin:actionpoints_theme_changelist"),
        reverse("admin:priority_countries_country_changelist"),
        reverse("admin:priority_countries_countrylisting_changelist"),
        reverse("admin:priority_countries_forum_changelist"),
    ]

    def counts():
        return {page: queries_of(partial(web.get, page)) for page in pages}

    few = counts()
    for year in range(2024, 2031):
        ActionPointTextFactory(action_point=lead.action_point, first_year=year)
    for position in range(10):
        LeadAssignmentFactory(action_point=lead.action_point, position=position + 2)
    ActionPointFactory.create_batch(10)
    CountryListingFactory.create_batch(10)
    for year in range(2026, 2031):
        CountryListingFactory(country=listing.country, first_year=year, last_year=year, reason_ended="x")
    ForumFactory.create_batch(10)
    assert counts() == few
