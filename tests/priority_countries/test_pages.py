"""The public pages of the priority list."""

import datetime
from functools import partial

import pytest
from django.urls import reverse

from common import years
from common.dates import today
from priority_countries.models import CountryListing
from priority_countries.views import public
from tests.factories.actionpoints import PlanFactory
from tests.factories.priority_countries import CountryFactory, CountryListingFactory

pytestmark = pytest.mark.django_db
LIST = "/countries/"


@pytest.fixture(autouse=True)
def plan():
    return PlanFactory()


def shown(response) -> list[str]:
    return [listing.country.name_en for listing in response.context["list"].listings]


def test_everybody_reads_the_list_of_a_year_by_name(client):
    for name in ("Yemen", "Mali"):
        CountryListingFactory(country__name_en=name)
    CountryListingFactory(country__name_en="Syria", ended=True)
    CountryListingFactory(country__name_en="Sudan", first_year=2027, reason_listed="War")
    assert shown(client.get(LIST, {"year": 2024})) == ["Mali", "Syria", "Yemen"]
    assert shown(client.get(LIST, {"year": 2026})) == ["Mali", "Yemen"]
    assert shown(client.get(LIST, {"year": 2027})) == ["Mali", "Sudan", "Yemen"]


def test_what_changed_from_the_year_before_stands_with_its_reasons(client):
    CountryListingFactory(country__name_en="Syria", last_year=2025, reason_ended="The programme has ended.")
    CountryListingFactory(country__name_en="Sudan", first_year=2026, reason_listed="The war goes on.")
    page = client.get(LIST, {"year": 2026}).content.decode()
    assert "Sudan was added" in page and "The war goes on." in page
    assert "Syria was taken off" in page and "The programme has ended." in page
    assert "Nothing: the list is the same." in client.get(LIST, {"year": 2027}).content.decode()
    assert "What changed" not in client.get(LIST, {"year": 2023}).content.decode()


def test_a_new_listing_that_follows_the_old_one_is_no_change(client):
    first = CountryListingFactory(ended=True)
    CountryListingFactory(country=first.country, first_year=2026)
    assert not client.get(LIST, {"year": 2026}).context["list"].has_changed


@pytest.mark.parametrize("year", ["2022", "2031", "abc", "", "-1", "20260", "２０２６", "2026.0", "9" * 400])
def test_a_year_outside_the_plan_is_not_found(client, year):
    assert client.get(LIST, {"year": year}).status_code == 404


def test_every_year_of_the_plan_is_offered(client):
    page = client.get(LIST).content.decode()
    for year in range(2023, 2031):
        assert f'href="?year={year}"' in page
        assert client.get(LIST, {"year": year}).status_code == 200


@pytest.mark.parametrize(("now", "year"), [(2019, 2023), (2026, 2026), (2040, 2030)])
def test_without_a_year_the_present_one_is_shown_as_far_as_the_plan_goes(client, monkeypatch, now, year):
    monkeypatch.setattr(public, "today", lambda: datetime.date(now, 6, 1))
    assert client.get(LIST).context["list"].year == year


def test_without_a_plan_the_page_stands(client, plan):
    plan.delete()
    assert years.plan_years() is None
    assert "No country is listed for this year." in client.get(LIST).content.decode()


def test_names_follow_the_readers_language(client):
    CountryListingFactory(country__name_en="Iraq", country__name_nb="Irak", country__name_nn="Irak")
    assert ">Irak<" in client.get(LIST, headers={"accept-language": "nb"}).content.decode()


def test_one_country_tells_when_and_why(client):
    country = CountryFactory(name_en="Syria", iso3="SYR")
    CountryListingFactory(country=country, last_year=2025, reason_ended="The programme has ended.")
    CountryListingFactory(country=country, first_year=today().year + 1, reason_listed="Asked for again.")
    page = client.get("/countries/SYR/").content.decode()
    assert "On the priority list 2023–2025" in page and "The programme has ended." in page
    assert f"On the priority list from {today().year + 1}" in page and "Asked for again." in page
    assert client.get("/countries/syr/").status_code == 200


def test_a_country_that_was_never_listed_says_so(client):
    country = CountryFactory()
    page = client.get(reverse("priority_countries:country", args=[country.iso3]))
    assert "has not been on the priority list" in page.content.decode()


@pytest.mark.parametrize("code", ["XXX", "AF", "<b>"])
def test_an_unknown_country_is_not_found(client, code):
    assert client.get(reverse("priority_countries:country", args=[code])).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_are_only_read(client, method):
    CountryFactory(iso3="SYR")
    for path in (LIST, "/countries/SYR/"):
        assert getattr(client, method)(path).status_code == 405


def test_a_reason_is_shown_as_text(client):
    CountryListingFactory(reason_listed="<script>alert(1)</script>")
    page = client.get(LIST, {"year": 2023}).content.decode()
    assert "<script>alert" not in page


def test_the_pages_ask_as_often_for_ten_as_for_one(client, queries_of):
    country = CountryListingFactory().country
    few = [queries_of(partial(client.get, path)) for path in (LIST, f"/countries/{country.iso3}/")]
    CountryListingFactory.create_batch(10)
    CountryListing.objects.filter(country=country).update(last_year=2023, reason_ended="x")
    for year in range(2024, 2029):
        CountryListingFactory(country=country, first_year=year, last_year=year, reason_ended="x")
    assert [queries_of(partial(client.get, path)) for path in (LIST, f"/countries/{country.iso3}/")] == few
