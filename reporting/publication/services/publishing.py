"""Making a build public: once, by somebody else than the person who asked for it."""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from common.enums import JobState
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.collection.workflow import ROUND
from reporting.publication import policy
from reporting.publication.models import Build, Publication

# What brings a round from each state one step nearer to its publication.
NEXT_STEP = {
    RoundState.OPEN: "close",
    RoundState.CLOSED: "begin_synthesis",
    RoundState.SYNTHESIS: "publish",
}


class PublicationRefused(Exception):
    """This build cannot be published (now); the message says why. Nothing was changed."""


class SecondPersonRequired(PublicationRefused):
    """The person who asked for the build cannot publish it."""


class ErratumMissing(PublicationRefused):
    """A corrected edition has to say what it corrects."""


def next_edition(round: Round) -> int:
    """The number that the round's next publication gets."""
    return round.publications.count() + 1


def obstacle(build: Build) -> str:
    """Why the build cannot be published now, whoever asks; empty when it can. Page, button and service ask this."""
    if not build.has_succeeded:
        return _("Only a build that has succeeded can be published.")
    if Publication.objects.filter(build=build).exists():
        return _("This build is published already.")
    if not any(ministry["accepted_on"] for ministry in build.snapshot.content["ministries"]):
        return _("No ministry’s report is accepted in this build: there is nothing to publish.")
    edition = next_edition(build.round)
    if build.edition != edition:
        return _(
            "This build says that it is edition %(printed)d; the next one is edition %(edition)d. Make a new build."
        ) % {"printed": build.edition, "edition": edition}
    return ""


def waiting_for(user) -> list[Build]:
    """The newest build of each round that this person can publish now: succeeded, never published, asked for by others."""
    if not policy.may_publish(user):
        return []
    newest = Build.objects.filter(round=OuterRef("round")).order_by("-number").values("number")[:1]
    waiting = (
        Build.objects.filter(number=Subquery(newest), job__state=JobState.SUCCEEDED, publication=None)
        .exclude(Q(requested_by=user) | Q(tried_again_by=user))
        .select_related("round", "requested_by")
    )
    return list(waiting.order_by("round__year"))


def publish(build: Build, *, user, erratum: str = "") -> Publication:
    """Make the build the round's next edition and bring the round to its end, in one transaction.

    Reports that were not accepted do not stop it: a late ministry must not hold up the government's report. Raises
    SecondPersonRequired, ErratumMissing or PublicationRefused.
    """
    with transaction.atomic():
        round = Round.objects.select_for_update(of=("self",)).get(pk=build.round_id)
        build = Build.objects.select_related("job", "round", "snapshot").get(pk=build.pk)
        if policy.asked_for(user, build):
            raise SecondPersonRequired(_("You asked for this build. Somebody else has to publish it."))
        if reason := obstacle(build):
            raise PublicationRefused(reason)
        if build.edition > 1 and not erratum.strip():
            raise ErratumMissing(_("Say what this edition corrects."))
        while round.state in NEXT_STEP:
            ROUND.perform(round, NEXT_STEP[RoundState(round.state)], user=user)
        return Publication.objects.create(
            build=build,
            round=round,
            edition=build.edition,
            requested_by=build.requested_by,
            published_by=user,
            erratum=erratum.strip() if build.edition > 1 else "",
        )
