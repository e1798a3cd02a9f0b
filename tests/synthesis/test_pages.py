"""The desk from outside, over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation
from actionpoints.models import LeadAssignment
from reporting.collection.models import Entry, MinistryReport, Round
from reporting.collection.services.rounds import open_round
from reporting.synthesis.models import Synthesis, SynthesisRevision
from reporting.synthesis.services.saving import MAX_LENGTH, save_synthesis
from tests.factories.collection import make_plan, person

DESK = "/rounds/2025/synthesis/"
G1 = DESK + "G1/"
READERS = [Role.MFA_PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR]
OUTSIDERS = [Role.FOCAL_POINT, Role.CONTRIBUTOR]


@pytest.fixture
def desk(client_for, editor, round):
    return client_for(editor)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_overview_names_every_text(desk, entry, round, editor, point):
    entry("G1", "mfa")
    save_synthesis(round, text="Four words of text.", version=0, user=editor, action_point=point("G1"))
    entry("G1", "mfa", version=2)
    MinistryReport.objects.filter(ministry__code="mfa").update(
        state="accepted", submitted_at="2026-02-01T00:00Z", accepted_at="2026-02-02T00:00Z"
    )
    page = text_of(desk.get(DESK))
    assert "1 of 5 texts drafted" in page
    assert "1 text rests on entries that have changed since" in page
    assert "Entries changed" in page
    assert "1 of 3" in page
    for code in ("introduction", "highlights", "G1", "1.1", "1.2"):
        assert f'href="{DESK}{code}/"' in page


def test_the_page_of_a_text_shows_what_it_rests_on(desk, entry):
    entry("G1", "justice", results="**More** applied.", internal_note="Doubtful figure.", evidence="Minutes.")
    entry("G1", "mfa", do_no_harm=True)
    page = text_of(desk.get(G1))
    assert "Norway will do G1." in page
    assert page.index("Ministry mfa") < page.index("Ministry defence") < page.index("Ministry justice")
    assert "<strong>More</strong> applied." in page
    assert "Internal: never published" in page
    assert page.index("Internal: never published") < page.index("Doubtful figure.")
    assert "Do no harm" in page
    assert "Nothing is reported yet." in page
    assert f'href="{DESK}highlights/"' in page
    assert f'href="{DESK}1.1/"' in page


def test_saving_from_the_page(desk, editor, entry):
    entry("G1", "mfa")
    response = desk.post(G1, {"text": "We **saw** results.", "language": "en", "version": 0}, follow=True)
    assert response.redirect_chain == [(G1, 302)]
    page = text_of(response)
    assert "is saved: 3 words, version 1" in page
    assert "We <strong>saw</strong> results." in page
    assert Synthesis.objects.get().updated_by == editor


def test_save_and_go_to_the_next(desk):
    data = {"text": "A.", "language": "nb", "version": 0, "next": "1"}
    assert desk.post(DESK + "highlights/", data).url == G1 + "?language=nb"
    assert desk.post(DESK + "1.2/", {**data, "language": "en"}).url == DESK + "1.2/"


def test_a_save_without_change_says_so(desk):
    data = {"text": "A.", "version": 0}
    desk.post(G1, data)
    assert "Nothing had changed" in text_of(desk.post(G1, data, follow=True))


def test_a_stale_save_gives_both_texts_and_lets_them_be_merged(desk, client_for, round):
    other = client_for(person(Role.MFA_EDITOR, name="The other editor"))
    other.post(G1, {"text": "Theirs <b>.", "language": "en", "version": 0})
    response = desk.post(G1, {"text": "Mine <i>.", "language": "en", "version": 0})
    assert response.status_code == 409
    page = text_of(response)
    assert "Theirs &lt;b&gt;." in page
    assert "Mine &lt;i&gt;." in page
    assert "The other editor" in page
    assert '<input type="hidden" name="version" value="1"' in page
    assert Synthesis.objects.get().text == "Theirs <b>."
    desk.post(G1, {"text": "Merged.", "language": "en", "version": 1})
    assert list(SynthesisRevision.objects.values_list("text", flat=True)) == ["Theirs <b>.", "Merged."]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": "a" * (MAX_LENGTH + 5), "version": 0}, "5 characters longer than the 30000"),
        ({"text": "|h" * 20 + "|\n" + "|-" * 20 + "|\na", "version": 0}, "A table can have 12 columns"),
        ({"text": "- " * 30 + "deep", "version": 0}, "too deep in each other"),
        ({"text": "kept in the form"}, "did not say which version"),
        ({"text": "kept in the form", "version": "one"}, "Enter a whole number"),
        ({"text": "kept in the form", "version": 0, "language": "se"}, "Select a valid choice"),
        ({"text": "kept in the form", "version": 0, "read": "1.x"}, "Enter a valid value"),
    ],
)
def test_what_cannot_be_saved_stays_in_the_form(desk, data, sentence):
    response = desk.post(G1, data)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert data["text"] in response.content.decode()
    assert not Synthesis.objects.exists()


def test_the_entries_that_lay_before_the_writer_are_what_counts(desk, entry):
    cell = entry("G1", "mfa")
    page = desk.get(G1).content.decode()
    mark = page.split('name="read" value="')[1].split('"')[0]
    assert f"{cell.pk}.1" in mark.split()
    entry("G1", "mfa", version=2)
    desk.post(G1, {"text": "A.", "version": 0, "read": mark})
    assert "Entries have changed since this text was saved" in text_of(desk.get(G1))


def test_the_preview_writes_nothing(desk):
    data = {"text": "A **bold** <script>alert(1)</script> text.", "version": 0}
    fragment = desk.post(G1 + "preview/", data, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    body = fragment.content.decode()
    assert "<html" not in body
    assert "<strong>bold</strong>" in body
    assert "<script" not in body
    page = desk.post(G1 + "preview/", data)
    assert page.status_code == 200
    assert "<strong>bold</strong>" in page.content.decode()
    assert "A **bold** &lt;script&gt;" in page.content.decode()
    assert "It is not saved yet." in page.content.decode()
    assert not Synthesis.objects.exists()


def test_the_preview_of_a_text_that_is_too_long_says_so(desk):
    data = {"text": "a" * (MAX_LENGTH + 1), "version": 0}
    assert "1 character longer" in text_of(desk.post(G1 + "preview/", data, headers={"HX-Request": "true"}))
    assert desk.post(G1 + "preview/", data).status_code == 422


def test_last_years_published_text_stands_beside(desk, round, editor, point):
    before = open_round(2024).round
    save_synthesis(before, text="What we wrote then.", version=0, user=editor, action_point=point("G1"))
    assert "What we wrote then." not in text_of(desk.get(G1))
    Round.objects.filter(pk=before.pk).update(state="published")
    assert "What we wrote then." in text_of(desk.get(G1))


def test_each_language_has_its_own_text(desk):
    desk.post(G1, {"text": "På bokmål.", "language": "nb", "version": 0})
    assert "På bokmål." in text_of(desk.get(G1 + "?language=nb"))
    assert "På bokmål." not in text_of(desk.get(G1))
    assert desk.get(G1 + "?language=xx").status_code == 200
    assert "1 of 5" in text_of(desk.get(DESK + "?language=nb"))


@pytest.mark.parametrize("role", READERS)
def test_readers_read(client_for, round, role):
    reader = client_for(person(role))
    assert reader.get(DESK).status_code == 200
    page = reader.get(G1)
    assert page.status_code == 200
    assert b"<textarea" not in page.content
    assert reader.post(G1, {"text": "A.", "version": 0}).status_code == 403
    assert reader.post(G1 + "preview/", {"text": "A.", "version": 0}).status_code == 403
    assert not Synthesis.objects.exists()


@pytest.mark.parametrize("role", OUTSIDERS)
def test_ministries_do_not_see_the_desk(client_for, round, role):
    outsider = client_for(person(role, "justice"))
    assert outsider.get(DESK).status_code == 403
    assert outsider.get(G1).status_code == 403
    assert outsider.get("/rounds/1999/synthesis/").status_code == 403
    assert outsider.post(G1, {"text": "A.", "version": 0}).status_code == 403
    assert outsider.post(G1 + "preview/", {"text": "A."}).status_code == 403


@pytest.mark.parametrize("role", [Role.MISSION_OFFICER, Role.NORAD_OFFICER, Role.CIVIL_SOCIETY, None])
def test_others_do_not_either(client_for, round, role):
    Organisation.objects.create(code="elsewhere", kind=OrganisationKind.OVERSIGHT, name_en="Elsewhere")
    assert client_for(person(role, "elsewhere")).get(DESK).status_code == 403


def test_without_login_to_the_login_page(client, round):
    for address in (DESK, G1):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    "path",
    ["1999/synthesis/", "2025/synthesis/9.9/", "2025/synthesis/9.9/preview/", "99999999999999999999/synthesis/"],
)
def test_what_does_not_exist(desk, path):
    post = path.endswith("preview/")
    response = desk.post(f"/rounds/{path}", {"text": "A.", "version": 0}) if post else desk.get(f"/rounds/{path}")
    assert response.status_code == 404


def test_a_planned_round_has_no_desk(desk, round):
    Round.objects.filter(pk=round.pk).update(state="planned")
    assert desk.get(DESK).status_code == 404
    assert desk.post(G1, {"text": "A.", "version": 0}).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods(desk, method):
    assert getattr(desk, method)(G1).status_code == 405
    assert getattr(desk, method)(DESK).status_code == 405
    assert desk.post(DESK).status_code == 405
    assert desk.get(G1 + "preview/").status_code == 405


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(client_for, editor):
    """Two action points with one lead each, and twenty with ten."""
    make_plan({f"1.{number}": [f"ministry{lead}" for lead in range(10)] for number in range(20)}, countries=10)
    big = open_round(2025).round
    LeadAssignment.objects.exclude(action_point__code__in=["1.0", "1.1"], position=1).delete()
    small = open_round(2024).round
    Entry.objects.update(state="ready", results="Text.")
    for round in (small, big):
        countries = [listed.country_id for listed in round.countries.all()]
        for entry in Entry.objects.filter(report__round=round).select_related("action_point"):
            entry.countries.set(countries)
            if entry.position == 1:
                save_synthesis(round, text=f"{entry}", version=0, user=editor, action_point=entry.action_point)
    assert [Entry.objects.filter(report__round=round).count() for round in (small, big)] == [2, 200]
    client = client_for(editor)
    client.get("/rounds/2024/synthesis/")
    assert queries(client, "/rounds/2024/synthesis/") == queries(client, "/rounds/2025/synthesis/")
    assert queries(client, "/rounds/2024/synthesis/1.1/") == queries(client, "/rounds/2025/synthesis/1.1/")


def test_earlier_versions_can_be_read_again(desk):
    for version, text in enumerate(["First <b>.", "Second.", "Third."]):
        desk.post(G1, {"text": text, "version": version})
    page = text_of(desk.get(G1))
    assert page.index("Version 2, saved") < page.index("Second.</pre>") < page.index("First &lt;b&gt;.</pre>")
    assert "Third.</pre>" not in page
