"""`compile_report`: the same snapshot, build and job without a browser."""

import io

import pytest
from django.core.management import CommandError, call_command

from common import jobs
from common.enums import JobState
from common.models import Job
from reporting.publication.models import Build
from reporting.publication.services import compilation
from tests.factories.publication import make_build, make_publication, make_round

pytestmark = pytest.mark.django_db


def compile_report(year, output):
    out = io.StringIO()
    call_command("compile_report", str(year), "--output", str(output), stdout=out)
    return out.getvalue()


def test_it_writes_the_pdf_and_says_what_it_did(quick, tmp_path):
    round = make_round()
    output = tmp_path / "report.pdf"
    output.write_bytes(b"an older one")
    said = compile_report(round.year, output)
    build = Build.objects.get()
    assert output.read_bytes() == (build.directory / "report.pdf").read_bytes()
    assert str(output) in said
    assert "7 pages" in said
    assert build.pdf_hash in said
    assert Job.objects.get().state == JobState.SUCCEEDED
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_call_that_was_killed_is_finished_by_the_next_one(quick, tmp_path):
    round = make_round()
    make_build(round, run=False)
    compile_report(round.year, tmp_path / "report.pdf")
    assert Build.objects.count() == 1


def test_a_published_year_that_has_not_changed_is_the_edition_that_it_is(quick, tmp_path):
    """Its imprint must not tell of a correction that nobody made."""
    publication = make_publication(make_round())
    compile_report(publication.round.year, tmp_path / "report.pdf")
    assert Build.objects.order_by("-number").first().edition == publication.edition == 1


def test_a_failure_gives_its_reason(quick, monkeypatch, tmp_path):
    def fail(*args, **kwargs):
        raise jobs.JobFailed("The pages could not be laid out.")

    monkeypatch.setattr(compilation, "render_pages_apart", fail)
    with pytest.raises(CommandError, match="could not be laid out"):
        compile_report(make_round().year, tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()


def test_an_unknown_year_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no round for 2019"):
        compile_report(2019, tmp_path / "report.pdf")


def test_a_missing_folder_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(CommandError, match="folder"):
        compile_report(make_round().year, tmp_path / "nowhere" / "report.pdf")
    assert Build.objects.count() == 0


def test_too_many_unfinished_builds_are_named(quick, tmp_path):
    round = make_round()
    make_build(round, run=False)
    make_build(round, run=False)
    Build.objects.update(edition=9)
    with pytest.raises(CommandError, match="unfinished"):
        compile_report(round.year, tmp_path / "report.pdf")
