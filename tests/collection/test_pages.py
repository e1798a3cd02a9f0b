"""Each page, for each role that opens it: it renders, and it says what that person needs."""

import pytest

from reporting.collection.services import entries, reports
from tests.factories.collection import COMPLETE


@pytest.mark.parametrize(
    "who", ["focal", "contributor", "editor", "publisher", "administrator", "auditor", "other_focal"]
)
def test_pages_open_for_reporters(world, client_for, who):
    client = client_for(getattr(world, who))
    for path in ("/my/", "/rounds/", f"/rounds/{world.round.year}/"):
        assert client.get(path).status_code == 200, path


def test_who_holds_no_role_is_told_so(world, client_for):
    client = client_for(world.nobody)
    assert "You hold no role" in client.get("/my/").content.decode()
    assert client.get("/rounds/").status_code == 403
    assert client.get(world.url()).status_code == 403


def test_report_and_entry_pages(world, client_for):
    world.fill()
    entries.add_comment(world.entry(), "How many?", user=world.editor)
    entries.assign(world.entry(), [world.contributor], user=world.focal)
    for who in ("focal", "contributor", "editor", "publisher", "administrator", "auditor"):
        client = client_for(getattr(world, who))
        assert client.get(world.url()).status_code == 200, who
        page = client.get(world.entry_url())
        assert page.status_code == 200, who
        assert "How many?" in page.content.decode()


def test_the_submitted_report_and_its_receipt(world, client_for):
    world.fill()
    reports.submit_report(world.report(), user=world.focal)
    for who in ("focal", "editor", "auditor"):
        client = client_for(getattr(world, who))
        assert client.get(world.url("receipt/")).status_code == 200
        page = client.get(world.entry_url()).content.decode()
        assert COMPLETE["headline_result"] in page
        assert "<textarea" not in page.split('id="comments"')[0]


def test_no_receipt_before_submission(world, client_for):
    assert client_for(world.focal).get(world.url("receipt/")).status_code == 404


def test_the_form_to_open_a_round(world, client_for):
    client = client_for(world.editor)
    assert client.get("/rounds/open/").status_code == 200
    response = client.post("/rounds/open/", {"year": 2031})
    assert response.status_code == 422
    assert "No plan covers 2031" in response.content.decode()
    response = client.post("/rounds/open/", {"year": 2030})
    assert response.status_code == 302
    assert response.url == "/rounds/2030/"
    assert client_for(world.focal).get("/rounds/open/").status_code == 403
    assert client_for(world.focal).post("/rounds/open/", {"year": 2029}).status_code == 403
