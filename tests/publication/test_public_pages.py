"""What everybody sees: the front page, the plan, the published reports."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from actionpoints.models import ActionPoint, ActionPointText, LeadAssignment
from reporting.collection.models import Entry, Round
from reporting.publication.models import Publication
from reporting.publication.services.publishing import publish
from tests.factories.collection import make_plan, person
from tests.factories.publication import enlarge_plan, make_build, make_publication, make_round

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_before_anything_is_loaded_the_pages_say_so(client):
    assert "No plan is loaded yet" in text_of(client, "/")
    assert "No plan is loaded yet" in text_of(client, "/plan/")
    assert "No report is published yet" in text_of(client, "/reports/")


def test_the_front_page_shows_the_plan_and_the_latest_report(client, quick):
    make_publication(make_round(year=2024))
    make_publication(make_round(year=2025))
    page = text_of(client, "/")
    assert "<strong>3</strong>" in page
    assert "<strong>2</strong>" in page
    assert "Annual report 2025" in page
    assert "Annual report 2024" not in page
    assert "7 pages" in page
    assert "No year is being reported on now" in page


def test_the_front_page_counts_down_to_the_next_report(client):
    make_round()
    assert "Publication" in text_of(client, "/")
    assert "1 August 2026" in text_of(client, "/")


def test_the_plan_shows_what_is_in_force_this_year(client):
    make_plan()
    point = ActionPoint.objects.get(code="1.1")
    ActionPointText.objects.create(action_point=point, first_year=2024, text_en="Norway will do more.")
    ActionPointText.objects.create(action_point=point, first_year=2030, text_en="Norway will do all.")
    LeadAssignment.objects.filter(action_point=point, ministry__code="mfa").update(last_year=2023)
    page = text_of(client, "/plan/")
    assert "Norway will do more." in page
    assert "Norway will do 1.1." not in page
    assert "Norway will do all." not in page
    point_page = text_of(client, "/plan/1.1/")
    assert "Norway will do all." in point_page
    assert "Ministry mfa, 2023–2023" in point_page


def test_an_action_point_shows_its_published_history_and_nothing_later(client, quick):
    for year in (2024, 2025):
        make_publication(make_round(year=year))
    Entry.objects.update(headline_result="Edited after publication.")
    page = text_of(client, "/plan/G1/")
    assert page.index(">2025<") < page.index(">2024<")
    assert page.count("Synthesis of G1.") == 2
    assert "Women were 18 of 42 deployed officers on 31 December. (G1 defence)" in page
    assert "Edited after publication." not in page
    assert client.get("/plan/9.9/").status_code == 404


def test_an_unpublished_round_adds_nothing(client, quick):
    make_build(make_round())
    assert "Synthesis of G1." not in text_of(client, "/plan/G1/")


@pytest.mark.parametrize(
    "name", ["", "report.pdf", "data.json", "data.csv", "figures/map.svg", "editions/1/", "editions/1/report.pdf"]
)
def test_what_is_not_published_is_not_found(client, client_for, quick, name):
    make_build(make_round())
    assert client.get(f"/reports/2025/{name}").status_code == 404
    assert client_for(person(Role.MFA_EDITOR)).get(f"/reports/2025/{name}").status_code == 404


def test_a_published_report_is_the_build_that_was_published(client, quick):
    publication = make_publication(make_round())
    directory = publication.build.directory
    page = text_of(client, "/reports/2025/")
    assert (directory / "body.html").read_text() in page
    response = client.get("/reports/2025/report.pdf")
    assert response.content == (directory / "report.pdf").read_bytes()
    assert response["Content-Disposition"] == 'inline; filename="wps-annual-report-2025.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert client.get("/reports/2025/figures/map.svg")["Content-Type"] == "image/svg+xml"
    content = json.loads(client.get("/reports/2025/data.json").content)
    assert content["year"] == 2025
    assert content["as_of"]
    table = list(csv.DictReader(io.StringIO(text_of(client, "/reports/2025/data.csv"))))
    assert len(table) == 4


def test_a_reader_who_has_the_file_is_not_sent_it_again(client, quick):
    make_publication(make_round())
    first = client.get("/reports/2025/report.pdf")
    assert first["Cache-Control"] == "public, max-age=300"
    assert client.get("/reports/2025/report.pdf", headers={"if-none-match": first["ETag"]}).status_code == 304
    modified = {"if-modified-since": first["Last-Modified"]}
    assert client.get("/reports/2025/report.pdf", headers=modified).status_code == 304
    assert client.get("/reports/2025/report.pdf", headers={"if-none-match": '"other"'}).status_code == 200
    # An edition is asked for again as well: one that has to be withdrawn must not live on in caches for a year.
    edition = client.get("/reports/2025/editions/1/report.pdf")
    assert (edition["Cache-Control"], edition["ETag"]) == ("public, max-age=300", first["ETag"])
    assert client.head("/reports/2025/report.pdf").status_code == 200


@pytest.mark.parametrize("name", ["nothing.svg", "..%2Fbody.html", "..%2Freport.pdf", "%2Fetc%2Fpasswd", "map.svg%00"])
def test_only_the_figures_of_the_report_can_be_read(client, quick, name):
    make_publication(make_round())
    assert client.get(f"/reports/2025/figures/{name}").status_code == 404


def test_a_correction_is_a_new_edition_and_the_old_one_says_so(client, quick):
    round = make_round()
    first = make_publication(round)
    old = client.get("/reports/2025/report.pdf").content
    Entry.objects.filter(action_point__code="G1").update(results="The corrected figure.")
    publish(make_build(round), user=person(Role.MFA_PUBLISHER), erratum="A figure on G1 was wrong.")
    newest = text_of(client, "/reports/2025/")
    assert "A figure on G1 was wrong." in newest
    assert "<p>Edition 2</p>" in newest
    older = text_of(client, "/reports/2025/editions/1/")
    assert "It was corrected by edition 2." in older
    assert "A figure on G1 was wrong." in older
    assert "<p>Edition 1</p>" in older
    assert client.get("/reports/2025/editions/1/report.pdf").content == old
    response = client.get("/reports/2025/report.pdf")
    assert response.content != old
    assert response["Content-Disposition"] == 'inline; filename="wps-annual-report-2025-edition-2.pdf"'
    assert client.get("/reports/2025/editions/3/").status_code == 404
    assert "since corrected" in text_of(client, "/reports/")
    assert first.edition == 1


def test_editing_after_publication_changes_no_public_byte(client, quick):
    round = make_round()
    make_publication(round)
    addresses = [f"/reports/2025/{name}" for name in ("", "report.pdf", "data.json", "data.csv", "figures/map.svg")]
    before = [client.get(address).content for address in addresses]
    Entry.objects.update(results="Edited.", headline_result="Edited.", do_no_harm=True)
    make_build(round)
    assert [client.get(address).content for address in addresses] == before


def test_the_feed_tells_of_each_edition(client, quick):
    round = make_round()
    make_publication(round)
    make_publication(round, erratum="A figure <b>was</b> wrong.")
    response = client.get("/reports/feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == [
        "Annual report 2025, edition 2",
        "Annual report 2025",
    ]
    assert entries[0].find(f"{ATOM}summary").text == "A figure <b>was</b> wrong."
    assert entries[0].find(f"{ATOM}link").get("href").endswith("/reports/2025/editions/2/")
    assert feed.findall(f".//{ATOM}author") == []


def test_an_erratum_kept_with_control_characters_does_not_break_the_feed(client, quick):
    round = make_round()
    make_publication(round)
    make_publication(round, erratum="A figure.")
    Publication.objects.filter(edition=2).update(erratum="\x0bA figure\x01 \ufffewas wrong.")
    feed = ElementTree.fromstring(client.get("/reports/feed.atom").content)
    assert feed.find(f".//{ATOM}summary").text == "A figure was wrong."


def test_control_characters_reach_no_erratum(client, client_for, quick):
    round = make_round()
    make_publication(round)
    build = make_build(round)
    address = f"/rounds/2025/builds/{build.number}/publish/"
    client_for(person(Role.MFA_PUBLISHER)).post(address, {"erratum": "\x0bA\x01 figure."})
    assert Publication.objects.get(edition=2).erratum == "A figure."


@pytest.mark.parametrize("address", ["/", "/plan/", "/plan/G1/", "/reports/", "/reports/2025/", "/reports/feed.atom"])
def test_public_pages_only_read(client, quick, address):
    make_publication(make_round())
    assert client.post(address).status_code == 405
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert all(query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE")) for query in captured.captured_queries)


def test_pages_ask_as_much_of_the_database_when_there_is_more(client, quick):
    make_publication(make_round(year=2023))
    addresses = ("/", "/plan/", "/plan/G1/", "/reports/", "/reports/2023/", "/reports/feed.atom")
    few = {address: queries_of(client, address) for address in addresses}
    enlarge_plan(30)
    for year in (2024, 2025):
        make_publication(make_round(year=year))
    for number in range(4):
        make_publication(Round.objects.get(year=2023), erratum=f"Correction {number}.")
    assert {address: queries_of(client, address) for address in addresses} == few
