"""The job of a build: files that appear all at once, once, and reasons when it cannot."""

import hashlib

import pytest

from common.enums import JobState
from tests.factories.publication import make_build, make_round

pytestmark = pytest.mark.django_db


def test_a_build_has_its_files_and_says_what_they_are():
    build = make_build(make_round())
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
