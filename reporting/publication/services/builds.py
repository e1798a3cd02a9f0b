"""Asking for a build. What the job then does is in `compilation`."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from common import jobs
from common.enums import JobState
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.publication.models import Build
from reporting.publication.services.publishing import next_edition
from reporting.publication.services.snapshot import take_snapshot

KIND = "build"
MAX_UNFINISHED = 2


class BuildRefused(Exception):
    """No build can be made now, or this one cannot be tried again; the message says why. Nothing was changed."""


def request_build(round: Round, *, user, edition: int | None = None) -> Build:
    """Freeze the round's content and queue its compilation, in one transaction. `user` is None for the command line.

    `edition` is what the imprint will say, the next one if none is given.

    Raises BuildRefused for a round that was not opened, or when two builds of it are still unfinished.
    """
    with transaction.atomic():
        locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        if locked.state == RoundState.PLANNED:
            raise BuildRefused(_("The round has not been opened: there is nothing to compile yet."))
        _refuse_too_many(locked)
        number = (locked.builds.aggregate(last=Max("number"))["last"] or 0) + 1
        build = Build.objects.create(
            round=locked,
            number=number,
            snapshot=take_snapshot(locked),
            requested_by=user,
            edition=edition or next_edition(locked),
        )
        job = jobs.enqueue(KIND, build.pk, idempotency_key=f"{KIND}:{locked.year}:{number}")
        Build.objects.filter(pk=build.pk, job=None).update(job=job)
        build.job = job
    return build


def edition_of(round: Round, content_hash: str) -> int:
    """The edition that this content is: the newest one's number when it says the same, else the next.

    For the command line, which prints a report without meaning to publish it. A person who asks for a build on the page
    means a new edition, be it for its looks alone.
    """
    newest = round.publications.select_related("build__snapshot").order_by("-edition").first()
    if newest is not None and newest.build.snapshot.content_hash == content_hash:
        return newest.edition
    return next_edition(round)


def retry_build(build: Build, *, user) -> None:
    """Queue a failed build again, with the same snapshot; `user` has then asked for it too.

    Raises BuildRefused when it has not failed.
    """
    with transaction.atomic():
        _refuse_too_many(Round.objects.select_for_update(of=("self",)).get(pk=build.round_id))
        if build.job is None or not jobs.retry(build.job):
            raise BuildRefused(_("Only a build that failed can be tried again. Look at its state below."))
        build.tried_again_by.add(user)
        build.job.refresh_from_db()


def _refuse_too_many(round: Round) -> None:
    unfinished = round.builds.filter(job__state__in=[JobState.QUEUED, JobState.RUNNING]).count()
    if unfinished >= MAX_UNFINISHED:
        raise BuildRefused(
            _("%(count)d builds of this round are unfinished. Wait until one of them has finished.")
            % {"count": unfinished}
        )
