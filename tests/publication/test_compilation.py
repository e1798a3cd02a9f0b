"""The job of a build: files that appear all at once, once, and a reason when it cannot."""

import datetime
import errno
import hashlib

import pytest
from django.utils import timezone

from accounts.enums import Role
from common import jobs
from common.enums import JobState
from common.models import Job
from reporting.publication.models import Build
from reporting.publication.rendering import RefusedAddressError
from reporting.publication.services import compilation
from reporting.publication.services.builds import BuildRefused, request_build, retry_build
from tests.factories.collection import person
from tests.factories.publication import make_build, make_round

pytestmark = pytest.mark.django_db


def reload(build):
    return Build.objects.select_related("job", "round").get(pk=build.pk)


def test_a_build_has_its_files_and_the_same_content_gives_the_same_bytes():
    round = make_round()
    build, again = make_build(round), make_build(round)
    assert again.snapshot == build.snapshot
    assert again.files == build.files
    assert build.job.state == JobState.SUCCEEDED, build.job.error
    assert build.pages > 5
    assert build.seconds > 0
    pdf = (build.directory / "report.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert build.pdf_hash == hashlib.sha256(pdf).hexdigest()
    on_disk = {str(path.relative_to(build.directory)) for path in build.directory.rglob("*") if path.is_file()}
    assert on_disk == set(build.files)
    assert {"body.html", "report.pdf", "data.json", "data.csv"} < on_disk
    for name, kept in build.files.items():
        data = (build.directory / name).read_bytes()
        assert kept == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def test_nothing_is_left_beside_the_finished_directory(quick):
    build = make_build(make_round())
    assert [path.name for path in build.directory.parent.iterdir()] == ["1"]


def test_numbers_follow_each_other_within_a_round(quick):
    round = make_round()
    assert [make_build(round).number for _ in range(3)] == [1, 2, 3]


def test_a_build_and_its_job_are_made_together(quick, monkeypatch):
    round = make_round()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(jobs, "enqueue", fail)
    with pytest.raises(RuntimeError):
        request_build(round, user=None)
    assert Build.objects.count() == 0


def test_at_most_two_builds_of_a_round_are_unfinished(quick):
    round = make_round()
    first = make_build(round, run=False)
    make_build(round, run=False)
    with pytest.raises(BuildRefused, match="2 builds"):
        request_build(round, user=None)
    jobs.run(first.job_id)
    assert make_build(round, run=False).number == 3


def test_a_planned_round_has_nothing_to_compile():
    round = make_round()
    type(round).objects.filter(pk=round.pk).update(state="planned")
    with pytest.raises(BuildRefused, match="not been opened"):
        request_build(round, user=None)


def test_progress_goes_from_chapter_to_chapter(quick, monkeypatch):
    seen = []
    build = make_build(make_round(), run=False)

    def progress(percent, label):
        seen.append((percent, label))

    compilation.compile_build(build.pk, progress)
    assert seen == [(1, "General"), (80, "Pages"), (95, "Saving the files")]


def test_real_progress_never_goes_back_and_names_the_chapters():
    seen = []
    build = make_build(make_round(), run=False)
    compilation.compile_build(build.pk, lambda percent, label: seen.append((percent, label)))
    percents = [percent for percent, _label in seen]
    assert percents == sorted(percents)
    assert {"General", "Annexes", "Pages"} <= {str(label) for _percent, label in seen}


def test_killed_in_the_middle_it_is_finished_once_by_the_next_worker(quick):
    """What kill -9 leaves: a running row whose lease runs out, and half-written files."""
    build = make_build(make_round(), run=False)

    past = timezone.now() - datetime.timedelta(seconds=1)
    compilation.compile_build(build.pk, lambda percent, label: None)
    Job.objects.filter(pk=build.job_id).update(
        state=JobState.RUNNING, lease_owner="dead", lease_until=past, started_at=past, attempts=1
    )
    assert not build.directory.exists()
    assert len(list(build.directory.parent.iterdir())) == 1
    assert reload(build).pdf_hash == ""

    assert jobs.take_back_expired() == 1
    assert jobs.run(build.job_id)
    assert reload(build).has_succeeded
    assert [path.name for path in build.directory.parent.iterdir()] == ["1"]
    assert not jobs.run(build.job_id)


def test_a_directory_left_by_a_worker_that_died_before_its_success_was_recorded_is_replaced(quick):
    build = make_build(make_round(), run=False)
    build.directory.mkdir(parents=True)
    (build.directory / "report.pdf").write_bytes(b"half")
    jobs.run(build.job_id)
    assert reload(build).has_succeeded
    assert (build.directory / "report.pdf").read_bytes() != b"half"
    assert [path.name for path in build.directory.parent.iterdir()] == ["1"]


def test_a_build_that_has_its_files_is_not_written_again(quick):
    build = make_build(make_round())
    finish = compilation.compile_build(build.pk, lambda percent, label: None)
    with pytest.raises(jobs.JobFailed, match="already"):
        finish()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RefusedAddressError("refused: file:///etc/passwd"), "asks for a file that is not part of it"),
        (KeyError("themes"), "An unexpected error stopped the work (KeyError)"),
    ],
)
def test_a_failure_says_why_and_can_be_tried_again(quick, monkeypatch, error, reason):
    round = make_round()

    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(compilation, "render_pages_apart", fail)
        build = make_build(round)
    assert build.has_failed
    assert reason in build.job.error
    assert build.files == {}
    assert not build.directory.exists()

    retry_build(build, user=person(Role.MFA_EDITOR))
    jobs.run(build.job_id)
    assert reload(build).has_succeeded


def test_a_full_disk_is_named(quick, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(compilation.os, "fsync", full)
    build = make_build(make_round())
    assert build.job.error == "The files could not be saved: No space left on device."
    assert list(build.directory.parent.iterdir()) == []


def test_it_ends_when_it_takes_too_long(quick, monkeypatch):
    monkeypatch.setattr(compilation, "MAX_SECONDS", -1)
    assert "longer than" in make_build(make_round()).job.error


def test_only_a_failed_build_is_tried_again(quick):
    with pytest.raises(BuildRefused, match="failed"):
        retry_build(make_build(make_round()), user=person(Role.MFA_EDITOR))


def test_who_asked_is_kept(quick):
    editor = person("mfa_editor")
    assert make_build(make_round(), user=editor).requested_by == editor
