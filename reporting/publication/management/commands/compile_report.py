"""Compile a round's annual report without a browser: snapshot, build and job as when it is asked for on the page."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common import jobs
from common.enums import JobState
from common.models import Job
from common.tasks import run_job
from reporting.collection.models import Round
from reporting.publication.models import Build
from reporting.publication.services.builds import KIND, BuildRefused, edition_of, request_build
from reporting.publication.services.compilation import MAX_SECONDS, PDF
from reporting.publication.services.snapshot import hash_of, snapshot_content


class Command(BaseCommand):
    help = _("Compile the annual report of a year and write its PDF to a file.")

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help=_("the year reported on"))
        parser.add_argument(
            "--output", type=Path, required=True, help=_("the PDF to write; one that is there is replaced")
        )

    def handle(self, *, year, output, **options):
        if not output.absolute().parent.is_dir():
            raise CommandError(_("The folder of %(output)s does not exist.") % {"output": output})
        round = Round.objects.filter(year=year).first()
        if round is None:
            raise CommandError(_("There is no round for %(year)s. Open it first.") % {"year": year})
        try:
            content_hash = hash_of(snapshot_content(round))
            edition = edition_of(round, content_hash)
            build = _left_unfinished(round, content_hash, edition) or request_build(round, user=None, edition=edition)
        except BuildRefused as error:
            raise CommandError(str(error)) from error
        self._run(build)
        pdf = (build.directory / PDF).read_bytes()
        try:
            _replace(output, pdf)
        except OSError as error:
            raise CommandError(
                _("%(output)s could not be written: %(reason)s") % {"output": output, "reason": error.strerror}
            ) from error
        self.stdout.write(
            _("Annual report %(year)s, build %(number)d: %(output)s")
            % {"year": year, "number": build.number, "output": output}
        )
        self.stdout.write(
            _("%(pages)d pages, %(seconds).1f seconds, %(kilobytes)d kB, SHA-256 %(hash)s")
            % {"pages": build.pages, "seconds": build.seconds, "kilobytes": len(pdf) // 1000, "hash": build.pdf_hash}
        )

    def _run(self, build: Build) -> None:
        """Run the job here, or wait for the worker that was quicker. Raises CommandError with the reason of a failure."""
        deadline = time.monotonic() + 2 * MAX_SECONDS
        job = Job.objects.get(kind=KIND, subject_id=build.pk)
        while not job.is_finished:
            run_job.apply(args=[job.pk], throw=True)
            job.refresh_from_db()
            if not job.is_finished:
                if time.monotonic() > deadline:
                    raise CommandError(_("The build is still unfinished. Its job is %(job)d.") % {"job": job.pk})
                time.sleep(0.5)
                jobs.take_back_expired()
        if job.state == JobState.FAILED:
            raise CommandError(_("The build failed. %(reason)s") % {"reason": job.error})
        build.refresh_from_db()


def _left_unfinished(round: Round, content_hash: str, edition: int) -> Build | None:
    """The build of this very content that an earlier call of this command did not live to finish."""
    unfinished = Build.objects.filter(
        round=round,
        requested_by=None,
        job__state__in=[JobState.QUEUED, JobState.RUNNING],
        snapshot__content_hash=content_hash,
        edition=edition,
    )
    return unfinished.order_by("number").first()


def _replace(output: Path, data: bytes) -> None:
    """Write beside the file and rename, so that a reader finds the old PDF or the new one and never half of it."""
    scratch = output.with_name(f".{output.name}.part")
    scratch.write_bytes(data)
    scratch.replace(output)
