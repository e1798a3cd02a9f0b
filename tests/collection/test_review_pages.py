"""Submitting and reviewing from outside: what each button answers, in each state, to each role."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from common.dates import OSLO
from common.embedded import run_next
from common.models import TransitionRecord
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.collection.services import reports, rounds
from reporting.collection.services.entries import save_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(world):
    world.fill()
    return world


def test_submit_leads_to_the_receipt(filled, client_for):
    client = client_for(filled.focal)
    response = client.post(filled.url("submit/"))
    assert (response.status_code, response.url) == (302, filled.url("receipt/"))
    page = client.get(filled.url("receipt/")).content.decode()
    assert "Jon Justice" in page
    assert "Europe/Oslo" in page
    run_next()
    assert len(mail.outbox) == 1


def test_submit_names_what_is_missing(filled, client_for):
    entry = filled.entry("1.2")
    save_entry(entry, {"problems": ""}, user=filled.focal, version=entry.version)
    response = client_for(filled.focal).post(filled.url("submit/"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write what went wrong or did not move" in page
    assert f"{filled.entry_url('1.2')}#id_problems" in page
    assert filled.report().state == "draft"


def test_submit_after_the_deadline(filled, client_for, monkeypatch):
    Round.objects.update(missions_due_on="2026-01-31", ministries_due_on="2026-03-01")
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 3, 2, 8, tzinfo=OSLO))
    client = client_for(filled.focal)
    response = client.post(filled.url("submit/"))
    assert response.status_code == 422
    assert "The deadline was 1 March 2026" in response.content.decode()
    editor = client_for(filled.editor)
    assert editor.post(filled.url("extend/"), {"until": "2020-01-01", "reason": "x"}).status_code == 422
    assert editor.post(filled.url("extend/"), {"until": "2098-01-01", "reason": ""}).status_code == 422
    assert client.post(filled.url("extend/"), {"until": "2098-01-01", "reason": "x"}).status_code == 403
    assert editor.post(filled.url("extend/"), {"until": "2098-01-01", "reason": "Illness"}).status_code == 302
    assert client.post(filled.url("submit/")).status_code == 302


def test_every_wrong_state_is_answered_409(filled, client_for):
    focal, editor = client_for(filled.focal), client_for(filled.editor)
    assert editor.post(filled.url("accept/")).status_code == 409
    assert editor.post(filled.url("return/"), {"comment": "x"}).status_code == 409
    assert editor.post(filled.url("reopen/"), {"comment": "x"}).status_code == 409
    focal.post(filled.url("submit/"))
    assert focal.post(filled.url("submit/")).status_code == 409
    assert editor.post(filled.url("extend/"), {"until": "2098-01-01", "reason": "x"}).status_code == 409
    assert editor.post(filled.url("accept/")).status_code == 302
    assert editor.post(filled.url("return/"), {"comment": "x"}).status_code == 409
    assert [record.name for record in TransitionRecord.objects.of(filled.report())] == ["submit", "accept"]


def test_return_mend_resubmit_accept_reopen(filled, client_for):
    focal, editor = client_for(filled.focal), client_for(filled.editor)
    focal.post(filled.url("submit/"))
    response = editor.post(filled.url("return/"), {"comment": "  "})
    assert response.status_code == 422
    assert "Write the reasons" in response.content.decode()
    assert editor.post(filled.url("return/"), {"comment": "Say how many."}).status_code == 302
    assert "Say how many." in focal.get("/my/").content.decode()
    assert "Say how many." in focal.get(filled.url()).content.decode()
    assert focal.post(filled.entry_url(), {"version": filled.entry().version, "results": "18."}).status_code == 302
    assert focal.post(filled.url("submit/")).status_code == 302
    assert filled.url() in editor.get("/my/").content.decode()
    assert editor.post(filled.url("accept/")).status_code == 302
    assert editor.post(filled.url("reopen/"), {"comment": ""}).status_code == 422
    assert editor.post(filled.url("reopen/"), {"comment": "A figure was wrong."}).status_code == 302
    assert filled.report().state == "returned"


@pytest.mark.parametrize("step", ["return/", "accept/", "reopen/", "extend/"])
def test_only_editors_review(filled, client_for, step):
    reports.submit_report(filled.report(), user=filled.focal)
    for who in ("focal", "publisher", "administrator", "auditor", "contributor"):
        data = {"comment": "x", "until": "2098-01-01", "reason": "x"}
        assert client_for(getattr(filled, who)).post(filled.url(step), data).status_code == 403, who
    assert client_for(filled.other_focal).post(filled.url(step), {"comment": "x"}).status_code == 404
    assert filled.report().state == "submitted"


def test_only_the_ministrys_focal_points_submit(filled, client_for):
    for who in ("editor", "publisher", "administrator", "auditor", "contributor"):
        assert client_for(getattr(filled, who)).post(filled.url("submit/")).status_code == 403, who
    assert client_for(filled.other_focal).post(filled.url("submit/")).status_code == 404
    assert filled.report().state == "draft"


def test_what_endangers_somebody_can_be_withheld_after_publication(filled, client_for):
    reports.submit_report(filled.report(), user=filled.focal)
    reports.accept_report(filled.report(), user=filled.editor)
    Round.objects.update(state=RoundState.PUBLISHED)
    focal, editor = client_for(filled.focal), client_for(filled.editor)
    assert filled.url("reopen/") in editor.get(filled.url()).content.decode()
    assert editor.post(filled.url("reopen/"), {"comment": "1.1 names a witness."}).status_code == 302
    assert "1.1 names a witness." in focal.get("/my/").content.decode()
    assert "<textarea" in focal.get(filled.entry_url()).content.decode().split('id="comments"')[0]
    data = {"version": filled.entry().version, "do_no_harm": "on"}
    assert focal.post(filled.entry_url(), data).status_code == 302
    assert filled.entry().do_no_harm
    assert focal.post(filled.url("submit/")).status_code == 302
    assert filled.url() in editor.get("/my/").content.decode()
    assert editor.post(filled.url("accept/")).status_code == 302
    assert Round.objects.get().state == RoundState.PUBLISHED


def test_a_draft_that_missed_the_publication_is_owed_only_with_a_granted_day(filled, client_for):
    Round.objects.update(state=RoundState.PUBLISHED)
    focal = client_for(filled.focal)
    assert filled.url() not in focal.get("/my/").content.decode()
    assert focal.post(filled.url("submit/")).status_code == 422
    granted = client_for(filled.editor).post(filled.url("extend/"), {"until": "2098-01-01", "reason": "Agreed"})
    assert granted.status_code == 302
    assert filled.url() in focal.get("/my/").content.decode()
    assert focal.post(filled.url("submit/")).status_code == 302


def test_moving_the_round_on(world, client_for):
    editor, base = client_for(world.editor), f"/rounds/{world.round.year}/"
    assert editor.post(f"{base}begin-synthesis/").status_code == 409
    assert client_for(world.focal).post(f"{base}close/").status_code == 403
    assert client_for(world.publisher).post(f"{base}close/").status_code == 403
    assert editor.post(f"{base}close/").status_code == 302
    assert editor.post(f"{base}close/").status_code == 409
    assert editor.post(f"{base}begin-synthesis/").status_code == 302
    assert Round.objects.get().state == RoundState.SYNTHESIS


@pytest.mark.parametrize("step", ["close/", "begin-synthesis/"])
def test_a_step_asks_first_and_names_who_has_not_handed_in(filled, client_for, step):
    reports.submit_report(filled.report(), user=filled.focal)
    if step == "begin-synthesis/":
        rounds.close_round(filled.round, user=filled.editor)
    before = Round.objects.get().state
    editor, base = client_for(filled.editor), f"/rounds/{filled.round.year}/"
    overview = editor.get(base).content.decode()
    assert f'href="{base}{step}"' in overview
    assert f'action="{base}{step}"' not in overview
    page = editor.get(f"{base}{step}").content.decode().split("<main")[1]
    assert "Ministry defence" in page
    assert "Ministry justice" not in page
    assert "1 March 2099, which is not over yet" in page
    assert f'action="{base}{step}"' in page
    assert Round.objects.get().state == before
    assert client_for(filled.focal).get(f"{base}{step}").status_code == 403
    assert editor.post(f"{base}{step}").status_code == 302
    assert editor.get(f"{base}{step}").status_code == 409


def test_a_closing_is_taken_back_with_a_reason(filled, client_for):
    editor, base = client_for(filled.editor), f"/rounds/{filled.round.year}/"
    assert editor.post(f"{base}open-again/", {"comment": "x"}).status_code == 409
    editor.post(f"{base}close/")
    assert client_for(filled.focal).post(filled.url("submit/")).status_code == 422
    assert f"{base}open-again/" in editor.get(base).content.decode()
    refused = editor.post(f"{base}open-again/", {"comment": " "})
    assert refused.status_code == 422
    assert "Say why the round is opened again." in refused.content.decode()
    for who in (filled.focal, filled.publisher, filled.auditor):
        assert client_for(who).post(f"{base}open-again/", {"comment": "x"}).status_code == 403
    assert editor.post(f"{base}open-again/", {"comment": "Closed by mistake."}).status_code == 302
    record = TransitionRecord.objects.of(filled.round).last()
    assert (record.name, record.user, record.comment) == ("open_again", filled.editor, "Closed by mistake.")
    assert "Closed by mistake." in editor.get(base).content.decode()
    assert client_for(filled.focal).post(filled.url("submit/")).status_code == 302


def test_all_that_is_wrong_with_the_days_is_told_at_once(world, client_for):
    days = {
        "missions_due_on": "2025-01-31",
        "ministries_due_on": "the first of March",
        "clearance_due_on": "2024-05-15",
        "publication_due_on": "2099-08-01",
        "version": 1,
    }
    response = client_for(world.editor).post(f"/rounds/{world.round.year}/days/", days)
    page = response.content.decode()
    assert response.status_code == 422
    for field, sentence in (
        ("missions_due_on", "lies before opening day (2 January 2026)"),
        ("ministries_due_on", "Enter a valid date."),
        ("clearance_due_on", "(15 May 2024) lies before"),
    ):
        assert f'href="#id_{field}"' in page
        assert sentence in page


def test_changing_the_days(world, client_for):
    editor, base = client_for(world.editor), f"/rounds/{world.round.year}/days/"
    days = {
        "missions_due_on": "2099-01-31",
        "ministries_due_on": "2099-03-02",
        "clearance_due_on": "2099-05-15",
        "publication_due_on": "2099-08-01",
    }
    assert editor.post(base, {**days, "version": 1}).status_code == 302
    assert Round.objects.get().ministries_due_on == datetime.date(2099, 3, 2)
    stale = editor.post(base, {**days, "ministries_due_on": "2099-03-09", "version": 1})
    assert stale.status_code == 409
    assert 'value="2099-03-09"' in stale.content.decode()
    assert 'name="version" value="2"' in stale.content.decode()
    assert editor.post(base, {**days, "clearance_due_on": "2099-01-01", "version": 2}).status_code == 422
    assert client_for(world.focal).post(base, {**days, "version": 2}).status_code == 403
    Round.objects.update(state=RoundState.PUBLISHED)
    assert editor.post(base, {**days, "version": 2}).status_code == 409
