"""Builds in the browser: who may ask, watch, look and publish."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from common import jobs
from common.enums import JobState
from common.models import Job
from reporting.collection.models import Entry
from reporting.publication.models import Build, Publication
from reporting.publication.services import compilation
from tests.factories.accounts import MembershipFactory
from tests.factories.collection import person
from tests.factories.publication import make_build, make_publication, make_round

pytestmark = pytest.mark.django_db

READERS = (Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR)
OTHERS = (Role.FOCAL_POINT, Role.CONTRIBUTOR, None)


@pytest.fixture
def editor(client_for):
    return client_for(person(Role.MFA_EDITOR))


@pytest.fixture
def publisher(client_for):
    return client_for(person(Role.MFA_PUBLISHER))


def pages(number=1):
    build = f"/rounds/2025/builds/{number}/"
    names = ("", "progress/", "publish/", "preview/", "report.pdf", "preview/figures/map.svg")
    return ["/rounds/2025/builds/", *(build + name for name in names)]


def test_an_editor_makes_a_build_and_is_taken_to_it(editor, quick):
    make_round()
    response = editor.post("/rounds/2025/builds/")
    assert response.status_code == 302
    assert response["Location"] == "/rounds/2025/builds/1/"
    job = Job.objects.get()
    assert (job.kind, job.state, job.idempotency_key) == ("build", JobState.QUEUED, "build:2025:1")
    page = editor.get("/rounds/2025/builds/1/").content.decode()
    assert 'hx-get="/rounds/2025/builds/1/progress/"' in page
    assert "every 1s" in page


def test_a_third_unfinished_build_is_refused_in_words(editor, quick):
    make_round()
    editor.post("/rounds/2025/builds/")
    editor.post("/rounds/2025/builds/")
    response = editor.post("/rounds/2025/builds/")
    assert response.status_code == 409
    assert "2 builds of this round are unfinished" in response.content.decode()
    assert Build.objects.count() == 2


def test_progress_is_shown_until_it_has_finished(editor, quick):
    build = make_build(make_round(), run=False)
    address = "/rounds/2025/builds/1/progress/"
    response = editor.get(address)
    assert response.status_code == 200
    assert "Queued" in response.content.decode()
    Job.objects.filter(pk=build.job_id).update(
        state=JobState.RUNNING, progress=42, progress_label="Security policy", lease_until=build.requested_at
    )
    running = editor.get(address).content.decode()
    assert 'value="42"' in running
    assert "Security policy" in running
    assert "<html" not in running
    Job.objects.filter(pk=build.job_id).update(state=JobState.QUEUED, lease_until=None)
    jobs.run(build.job_id)
    response = editor.get(address)
    assert response.status_code == 286
    assert "Open the PDF" in response.content.decode()


def test_a_finished_build_shows_what_it_became(editor, quick):
    build = make_build(make_round())
    page = editor.get("/rounds/2025/builds/1/").content.decode()
    assert build.pdf_hash in page
    assert "hx-get" not in page
    response = editor.get("/rounds/2025/builds/1/report.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    preview = editor.get("/rounds/2025/builds/1/preview/").content.decode()
    assert '<article class="report">' in preview
    assert "It is not public" in preview
    assert editor.get("/rounds/2025/builds/1/preview/figures/map.svg")["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("name", ["nothing.svg", "..%2Freport.pdf", "..%2F..%2F1%2Freport.pdf", "%2Fetc%2Fpasswd"])
def test_only_the_figures_of_the_build_can_be_read(editor, quick, name):
    make_build(make_round())
    assert editor.get(f"/rounds/2025/builds/1/preview/figures/{name}").status_code == 404


def test_a_failed_build_gives_its_reason_and_is_tried_again(editor, quick, monkeypatch):
    def fail(*args, **kwargs):
        raise jobs.JobFailed("The pages could not be laid out.")

    with monkeypatch.context() as patch:
        patch.setattr(compilation, "render_pages_apart", fail)
        build = make_build(make_round())
    page = editor.get("/rounds/2025/builds/1/").content.decode()
    assert "The pages could not be laid out." in page
    assert "/rounds/2025/builds/1/retry/" in page
    assert editor.get("/rounds/2025/builds/1/preview/").status_code == 404
    assert editor.get("/rounds/2025/builds/1/report.pdf").status_code == 404
    assert editor.post("/rounds/2025/builds/1/retry/").status_code == 302
    jobs.run(build.job_id)
    assert Build.objects.select_related("job").get().has_succeeded
    response = editor.post("/rounds/2025/builds/1/retry/")
    assert response.status_code == 409
    assert "Only a build that failed" in response.content.decode()


@pytest.mark.parametrize("role", READERS)
def test_who_reads_builds_sees_every_page(client_for, quick, role):
    make_build(make_round())
    client = client_for(person(role))
    for address in pages():
        expected = 286 if address.endswith("progress/") else 200
        assert client.get(address).status_code == expected, address


@pytest.mark.parametrize("role", OTHERS)
def test_others_are_refused_and_strangers_sent_to_log_in(client, client_for, quick, role):
    make_build(make_round())
    colleague = client_for(person(role))
    posts = ("/rounds/2025/builds/", "/rounds/2025/builds/1/retry/", "/rounds/2025/builds/1/publish/")
    for address in pages():
        assert colleague.get(address).status_code == 403, address
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")
    for address in posts:
        assert colleague.post(address).status_code == 403, address
        assert client.post(address).status_code == 302


@pytest.mark.parametrize("role", [role for role in READERS if role != Role.MFA_EDITOR])
def test_only_editors_make_builds(client_for, quick, role):
    make_build(make_round())
    client = client_for(person(role))
    assert "Make a build" not in client.get("/rounds/2025/builds/").content.decode()
    assert client.post("/rounds/2025/builds/").status_code == 403
    assert client.post("/rounds/2025/builds/1/retry/").status_code == 403
    assert Build.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in READERS if role != Role.MFA_PUBLISHER])
def test_only_publishers_publish(client_for, quick, role):
    make_build(make_round())
    assert client_for(person(role)).post("/rounds/2025/builds/1/publish/").status_code == 403
    assert not Publication.objects.exists()


def test_other_methods_are_refused(editor, quick):
    make_build(make_round())
    assert editor.put("/rounds/2025/builds/").status_code == 405
    assert editor.get("/rounds/2025/builds/1/retry/").status_code == 405
    assert editor.post("/rounds/2025/builds/1/").status_code == 405
    assert editor.post("/rounds/2025/builds/1/report.pdf").status_code == 405


def test_unknown_rounds_and_builds_are_not_found(editor, quick):
    make_build(make_round())
    assert editor.get("/rounds/2024/builds/").status_code == 404
    assert editor.get("/rounds/2025/builds/2/").status_code == 404


def test_the_checklist_names_what_is_missing(publisher, quick):
    round = make_round(accepted={"mfa"}, synthesis=False)
    make_build(round)
    page = publisher.get("/rounds/2025/builds/1/publish/").content.decode()
    assert "Ministry defence" in page
    assert "The reports of 1 of 2 ministries are accepted." in page
    assert "0 of 5 texts are written. Missing: Introduction, Highlights, G1, 1.1, 1.2." in page
    assert page.index('data-color="warning"') < page.index("1 of 2 ministries")
    assert "None of this stops the publication" in page


def test_the_checklist_tells_of_changes_since_the_build(publisher, quick):
    make_build(make_round())
    assert "nothing has changed since the build" in publisher.get("/rounds/2025/builds/1/publish/").content.decode()
    Entry.objects.filter(action_point__code="G1").update(results="Something else.", version=7)
    page = publisher.get("/rounds/2025/builds/1/publish/").content.decode()
    assert "a new build would say something else" in page
    assert "/rounds/2025/synthesis/G1/" in page


def test_a_second_person_publishes(publisher, quick):
    make_build(make_round(), user=person(Role.MFA_EDITOR))
    response = publisher.post("/rounds/2025/builds/1/publish/")
    assert response.status_code == 302
    page = publisher.get(response["Location"]).content.decode()
    assert "/reports/2025/editions/1/" in page


def test_a_publisher_finds_under_my_tasks_what_waits(client_for, publisher, quick):
    round = make_round()
    make_build(round, user=person(Role.MFA_EDITOR))
    assert "/rounds/2025/builds/1/publish/" in publisher.get("/my/").content.decode()
    both = person(Role.MFA_PUBLISHER)
    make_build(round, user=both)
    assert "No build waits for you" in client_for(both).get("/my/").content.decode()
    page = publisher.get("/my/").content.decode()
    assert "/rounds/2025/builds/2/publish/" in page
    assert "/rounds/2025/builds/1/publish/" not in page
    publisher.post("/rounds/2025/builds/2/publish/")
    assert "No build waits for you" in publisher.get("/my/").content.decode()


def test_whoever_asked_is_told_why_they_cannot_publish(client_for, quick):
    both = person(Role.MFA_PUBLISHER)
    make_build(make_round(), user=both)
    client = client_for(both)
    assert "Somebody else has to publish" in client.get("/rounds/2025/builds/1/publish/").content.decode()
    response = client.post("/rounds/2025/builds/1/publish/")
    assert response.status_code == 403
    assert "Somebody else has to publish" in response.content.decode()
    assert not Publication.objects.exists()


def test_what_cannot_be_published_answers_409(publisher, quick):
    round = make_round()
    make_build(round, run=False)
    assert publisher.post("/rounds/2025/builds/1/publish/").status_code == 409
    make_build(round)
    assert publisher.post("/rounds/2025/builds/2/publish/").status_code == 302
    assert publisher.post("/rounds/2025/builds/2/publish/").status_code == 409
    assert Publication.objects.count() == 1


def test_a_build_published_in_another_tab_is_said_to_be_so_and_nothing_else(publisher, quick):
    make_build(make_round())
    assert publisher.post("/rounds/2025/builds/1/publish/").status_code == 302
    response = publisher.post("/rounds/2025/builds/1/publish/")
    page = response.content.decode()
    assert response.status_code == 409
    assert "This build is published already." in page
    assert "/reports/2025/editions/1/" in page
    assert "corrects" not in page
    assert "error-summary" not in page


def test_whoever_had_it_tried_again_has_asked_for_it_too(client_for, publisher, quick, monkeypatch):
    def fail(*args, **kwargs):
        raise jobs.JobFailed("The pages could not be laid out.")

    both = person(Role.MFA_EDITOR)
    MembershipFactory(user=both, role=Role.MFA_PUBLISHER, organisation=both.memberships.get().organisation)
    with monkeypatch.context() as patch:
        patch.setattr(compilation, "render_pages_apart", fail)
        build = make_build(make_round(), user=person(Role.MFA_EDITOR))
    client = client_for(both)
    assert client.post("/rounds/2025/builds/1/retry/").status_code == 302
    jobs.run(build.job_id)
    assert "/rounds/2025/builds/1/publish/" not in client.get("/my/").content.decode()
    assert client.post("/rounds/2025/builds/1/publish/").status_code == 403
    assert not Publication.objects.exists()
    page = publisher.get("/rounds/2025/builds/1/publish/").content.decode()
    assert "Tried again by" in page and both.name in page
    assert publisher.post("/rounds/2025/builds/1/publish/").status_code == 302


def test_a_second_edition_asks_for_an_erratum(publisher, quick):
    round = make_round()
    make_publication(round)
    make_build(round)
    assert 'name="erratum"' in publisher.get("/rounds/2025/builds/2/publish/").content.decode()
    assert publisher.post("/rounds/2025/builds/2/publish/", {"erratum": " "}).status_code == 422
    assert publisher.post("/rounds/2025/builds/2/publish/", {"erratum": "A figure."}).status_code == 302


def test_the_list_asks_as_much_of_the_database_for_many_builds(editor, quick):
    round = make_round()
    make_build(round)
    few = queries_of(editor, "/rounds/2025/builds/")
    for _ in range(9):
        make_build(round)
    assert queries_of(editor, "/rounds/2025/builds/") == few


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
