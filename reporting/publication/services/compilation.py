"""What the job of a build does: snapshot → HTML → PDF → files, which appear all at once when the job succeeds."""

import hashlib
import os
import shutil
import time
import uuid
from pathlib import Path

from django.utils.translation import gettext as _

from common.jobs import Finish, JobFailed, Progress
from reporting.publication.models import Build
from reporting.publication.rendering import (
    LayoutStopped,
    RefusedAddressError,
    Rendering,
    render_html,
    render_pages_apart,
)
from reporting.publication.services.snapshot import canonical
from reporting.publication.services.tables import cells_csv

BODY, PDF, DATA, TABLE, FIGURES = "body.html", "report.pdf", "data.json", "data.csv", "figures"
# Below the limit at which a worker is stopped, so that the reader gets a reason instead of a dead worker. A full report takes
# less than a minute; without a broker nothing else, no mail, is done meanwhile.
MAX_SECONDS = 300


def compile_build(build_id: int, progress: Progress) -> Finish:
    """Compile a build into a directory beside its own; the function given back moves it there and records it.

    Safe to run twice: leftovers of an earlier attempt are removed. Raises JobFailed with a reason for the reader.
    """
    build = Build.objects.select_related("round", "snapshot").get(pk=build_id)
    started = time.monotonic()

    def step(percent: int, label: str) -> None:
        if time.monotonic() - started > MAX_SECONDS:
            raise JobFailed(_("It took longer than %(minutes)d minutes.") % {"minutes": MAX_SECONDS // 60})
        progress(percent, str(label))

    contents, pages = _render(build, step, started + MAX_SECONDS)
    step(95, _("Saving the files"))
    scratch = build.directory.parent / f".{build.number}-{uuid.uuid4().hex}"
    try:
        _write(scratch, contents, leftovers=f".{build.number}-*")
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise JobFailed(_("The files could not be saved: %(reason)s.") % {"reason": error.strerror}) from error
    files = {name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in contents.items()}

    def finish() -> None:
        written = Build.objects.filter(pk=build_id, pdf_hash="").update(
            pages=pages, seconds=round(time.monotonic() - started, 1), pdf_hash=files[PDF]["sha256"], files=files
        )
        if not written:
            raise JobFailed(_("This build has its files already."))
        _put_in_place(scratch, build.directory)

    return finish


def _render(build: Build, step: Progress, deadline: float) -> tuple[dict[str, bytes], int]:
    """Name → bytes of every file, and the number of pages. `deadline` is a moment of the monotonic clock."""
    content = build.snapshot.content
    try:
        rendering: Rendering = render_html(
            content, step, snapshot_hash=build.snapshot.content_hash[:16], edition=build.edition
        )
        pdf, pages = render_pages_apart(rendering, content, step, seconds=deadline - time.monotonic())
    except RefusedAddressError as error:
        raise JobFailed(
            _("The report asks for a file that is not part of it (%(reason)s).") % {"reason": error}
        ) from error
    except LayoutStopped as error:
        raise JobFailed(str(error)) from error
    contents = {
        BODY: rendering.body.encode(),
        PDF: pdf,
        DATA: canonical(content),
        TABLE: cells_csv(content),
    }
    contents |= {f"{FIGURES}/{name}": data for name, data in rendering.figures.items()}
    return contents, pages


def _write(scratch: Path, contents: dict[str, bytes], *, leftovers: str) -> None:
    """Write the files and wait until the disk has them."""
    for abandoned in scratch.parent.glob(leftovers):
        shutil.rmtree(abandoned)
    (scratch / FIGURES).mkdir(parents=True)
    for name, data in contents.items():
        with (scratch / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    for directory in (scratch / FIGURES, scratch):
        _sync(directory)


def _put_in_place(scratch: Path, final: Path) -> None:
    """One rename, so that the directory is there whole or not at all.

    A directory that is there already was left by a worker that died between this and the record of its success: no build
    that has succeeded comes here, so nobody has read it.
    """
    if final.exists():
        final.rename(scratch.with_name(f"{scratch.name}-old"))
    scratch.rename(final)
    shutil.rmtree(scratch.with_name(f"{scratch.name}-old"), ignore_errors=True)
    _sync(final.parent)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
