"""The entry's page from outside: saving, refusing, and what happens when two people write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.collection.models import Comment, Entry, EntryRevision
from reporting.collection.services import reports
from reporting.collection.services.entries import assign, save_entry
from reporting.collection.services.rounds import open_round
from tests.collection.world import DAYS, posted
from tests.factories.collection import COMPLETE

pytestmark = pytest.mark.django_db


def test_a_draft_is_saved_and_the_page_comes_back(world, client_for):
    response = client_for(world.focal).post(world.entry_url(), posted(world.entry(), efforts="A beginning."))
    assert (response.status_code, response.url) == (302, world.entry_url())
    assert (world.entry().efforts, world.entry().state) == ("A beginning.", "draft")


def test_save_and_go_to_the_next(world, client_for):
    response = client_for(world.focal).post(world.entry_url("1.1"), posted(world.entry(), next="1"))
    assert response.url == world.entry_url("1.2")
    response = client_for(world.focal).post(world.entry_url("1.2"), posted(world.entry("1.2"), next="1"))
    assert response.url == world.entry_url("1.2")


def test_all_fields_travel(world, client_for):
    tags = {"countries": ["AAA", "AAB"], "forums": ["F0"], "resolutions": ["1325"], "do_no_harm": "on"}
    client_for(world.focal).post(world.entry_url(), posted(world.entry(), **COMPLETE, **tags, partners="UN Women"))
    entry = world.entry()
    assert {field: getattr(entry, field) for field in COMPLETE} == COMPLETE
    assert (entry.state, entry.do_no_harm, entry.partners) == ("ready", True, "UN Women")
    assert (entry.countries.count(), entry.forums.count(), entry.resolutions.count()) == (2, 1, 1)


def test_a_field_that_was_not_sent_keeps_its_text(world, client_for):
    save_entry(world.entry(), COMPLETE, user=world.focal, version=1)
    client_for(world.focal).post(world.entry_url(), {"version": 2, "efforts": "Changed."})
    assert world.entry().efforts == "Changed."
    assert world.entry().results == COMPLETE["results"]


def test_boxes_are_emptied_by_the_whole_form_only(world, client_for):
    content = {**COMPLETE, "countries": ["AAA"], "do_no_harm": True}
    save_entry(world.entry(), content, user=world.focal, version=1)
    client = client_for(world.focal)
    client.post(world.entry_url(), {"version": 2, "efforts": "By a client that knows the texts only."})
    assert (world.entry().do_no_harm, world.entry().countries.count()) == (True, 1)
    assert 'name="whole" value="True"' in client.get(world.entry_url()).content.decode()
    client.post(world.entry_url(), {"version": 3, "whole": "True"})
    assert (world.entry().do_no_harm, world.entry().countries.count()) == (False, 0)
    assert world.entry().efforts == "By a client that knows the texts only."


def test_the_form_helps(world, client_for):
    page = client_for(world.focal).get(world.entry_url()).content.decode()
    assert "Norway will do 1.1." in page
    assert page.count("Do not write classified information here.") >= len(Entry.TEXT_FIELDS)
    assert "Published in the annual report." in page
    assert "Not published." in page
    for name in ("headline_result", "efforts", "internal_note", "do_no_harm", "version", "countries"):
        assert f'name="{name}"' in page


def test_last_year_stands_beside(world, client_for):
    world.fill(efforts="What we did in the year before.")
    world.fill("mfa", efforts="Somebody else's words.")
    open_round(2027, **DAYS)
    page = client_for(world.focal).get("/rounds/2027/ministries/justice/entries/1.1/").content.decode()
    assert "What we did in the year before." in page
    assert "Somebody else" not in page


def test_a_stale_save_is_answered_with_both_texts(world, client_for):
    save_entry(world.entry(), {"efforts": "Theirs <b>", "problems": "Only theirs"}, user=world.alternate, version=1)
    response = client_for(world.focal).post(
        world.entry_url(),
        {**posted(world.entry()), "efforts": "Mine", "problems": "", "results": "Also mine", "version": 1},
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert (world.entry().efforts, world.entry().version) == ("Theirs <b>", 2)
    assert "Theirs &lt;b&gt;" in page
    assert ">\nMine</textarea>" in page
    assert "Alma Alternate" in page
    assert 'name="version" value="2"' in page
    # What only they touched is taken over into the form; what only I touched stays.
    assert ">\nOnly theirs</textarea>" in page
    assert ">\nAlso mine</textarea>" in page


def test_the_merged_form_can_be_saved(world, client_for):
    save_entry(world.entry(), {"efforts": "Theirs"}, user=world.alternate, version=1)
    client = client_for(world.focal)
    assert client.post(world.entry_url(), {"efforts": "Mine", "version": 1}).status_code == 409
    assert client.post(world.entry_url(), {"efforts": "Both", "version": 2}).status_code == 302
    assert world.entry().efforts == "Both"
    assert EntryRevision.objects.filter(entry=world.entry()).count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("efforts", "x" * 20_001, "20001 characters"),
        ("headline_result", "x" * 301, "301 characters"),
        ("status", "excellent", "excellent"),
        ("countries", "ZZZ", "ZZZ"),
        ("version", "", "which version"),
        ("version", "one", "Enter a whole number"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_the_text(world, client_for, field, value, sentence):
    data = {**posted(world.entry(), results="My long work"), field: value}
    response = client_for(world.focal).post(world.entry_url(), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "My long work" in page
    assert world.entry().version == 1


def test_a_table_that_would_swell_is_refused_in_words(world, client_for):
    bomb = "|h" * 20 + "|\n" + "|-" * 20 + "|\n" + "a\n" * 9_900
    response = client_for(world.focal).post(world.entry_url(), posted(world.entry(), efforts=bomb))
    assert response.status_code == 422
    assert "A table can have 12 columns, and the tables of a text 400 cells." in response.content.decode()
    assert world.entry().version == 1


def test_a_text_of_exactly_the_limit_is_saved(world, client_for):
    assert (
        client_for(world.focal).post(world.entry_url(), posted(world.entry(), efforts="å" * 20_000)).status_code == 302
    )


def test_null_characters_are_taken_out(world, client_for):
    client_for(world.focal).post(world.entry_url(), posted(world.entry(), efforts="A\x00B\r\nC"))
    assert world.entry().efforts == "AB\nC"


def test_a_submitted_entry_is_read_only_and_gives_the_typed_text_back(world, client_for):
    world.fill()
    reports.submit_report(world.report(), user=world.focal)
    client = client_for(world.focal)
    assert client.get(world.entry_url()).status_code == 200
    response = client.post(world.entry_url(), posted(world.entry(), efforts="Typed while it was submitted"))
    assert response.status_code == 409
    assert "Typed while it was submitted" in response.content.decode()
    assert world.entry().efforts == COMPLETE["efforts"]


def test_who_may_write(world, client_for):
    data = posted(world.entry(), efforts="x")
    for who in ("editor", "publisher", "administrator", "auditor"):
        assert client_for(getattr(world, who)).get(world.entry_url()).status_code == 200, who
        assert client_for(getattr(world, who)).post(world.entry_url(), data).status_code == 403, who
    for who in ("other_focal", "contributor"):
        assert client_for(getattr(world, who)).get(world.entry_url()).status_code == 404, who
        assert client_for(getattr(world, who)).post(world.entry_url(), data).status_code == 404, who
    assert client_for(world.nobody).post(world.entry_url(), data).status_code == 403
    assert world.entry().version == 1


def test_a_contributor_writes_what_is_assigned_and_sees_no_more(world, client_for):
    assign(world.entry("1.2"), [world.contributor], user=world.focal)
    client = client_for(world.contributor)
    assert (
        client.post(world.entry_url("1.2"), posted(world.entry("1.2"), efforts="From the agency")).status_code == 302
    )
    assert client.get(world.entry_url("1.1")).status_code == 404
    listing = client.get(world.url()).content.decode()
    assert world.entry_url("1.2") in listing
    assert world.entry_url("1.1") not in listing
    assert client.post(world.url("submit/")).status_code == 403
    assert client.post(world.entry_url("1.2", tail="assign/"), {"contributors": []}).status_code == 403
    assert world.entry_url("1.2") in client.get("/my/").content.decode()


def test_assigning_over_http(world, client_for):
    client = client_for(world.focal)
    url = world.entry_url(tail="assign/")
    assert client.post(url, {"contributors": [world.contributor.pk]}).status_code == 302
    assert list(world.entry().contributors.all()) == [world.contributor]
    assert client.post(url, {"contributors": [world.editor.pk]}).status_code == 422
    assert client_for(world.editor).post(url, {"contributors": []}).status_code == 403
    assert list(world.entry().contributors.all()) == [world.contributor]


def test_comments_over_http(world, client_for):
    url = world.entry_url(tail="comments/")
    assert client_for(world.editor).post(url, {"text": "How many? <script>"}).status_code == 302
    assert client_for(world.focal).post(url, {"text": "18 of 42."}).status_code == 302
    assert client_for(world.editor).post(url, {"text": " "}).status_code == 422
    assert client_for(world.auditor).post(url, {"text": "I only read."}).status_code == 403
    assert client_for(world.other_focal).post(url, {"text": "Not mine."}).status_code == 404
    assert Comment.objects.count() == 2
    page = client_for(world.focal).get(world.entry_url()).content.decode()
    assert "How many? &lt;script&gt;" in page


def test_methods(world, client_for):
    client = client_for(world.focal)
    assert client.put(world.entry_url()).status_code == 405
    assert client.delete(world.entry_url()).status_code == 405
    assert client.get(world.url("submit/")).status_code == 405
    assert client.post(world.url()).status_code == 405
    assert client.get(world.entry_url("9.9")).status_code == 404


def test_who_is_not_logged_in_is_sent_to_the_login(world, client):
    response = client.get(world.entry_url())
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_reading_writes_nothing(world, client_for):
    client = client_for(world.focal)
    client.get(world.entry_url())
    with CaptureQueriesContext(connection) as queries:
        for path in (world.entry_url(), world.url(), "/my/", "/rounds/", f"/rounds/{world.round.year}/"):
            client.get(path)
    writes = ("INSERT", "UPDATE", "DELETE", "REPLACE")
    assert not [query for query in queries if query["sql"].lstrip().upper().startswith(writes)]
