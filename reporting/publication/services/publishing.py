"""Making a build public: once, by somebody else than the person who asked for it."""

from django.db import transaction
from django.utils.translation import gettext as _

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


def publish(build: Build, *, user, erratum: str = "") -> Publication:
    """Make the build the round's next edition and bring the round to its end, in one transaction.

    Reports that were not accepted do not stop it: a late ministry must not hold up the government's report. Raises
    SecondPersonRequired, ErratumMissing or PublicationRefused.
    """
    if policy.asked_for(user, build):
        raise SecondPersonRequired(_("You asked for this build. Somebody else has to publish it."))
    with transaction.atomic():
        round = Round.objects.select_for_update(of=("self",)).get(pk=build.round_id)
        build = Build.objects.select_related("job", "round", "snapshot").get(pk=build.pk)
        if not build.has_succeeded:
            raise PublicationRefused(_("Only a build that has succeeded can be published."))
        if Publication.objects.filter(build=build).exists():
            raise PublicationRefused(_("This build is published already."))
        edition = round.publications.count() + 1
        if build.edition != edition:
            raise PublicationRefused(
                _(
                    "This build says that it is edition %(printed)d; the next one is edition %(edition)d. Make a new build."
                )
                % {"printed": build.edition, "edition": edition}
            )
        if edition > 1 and not erratum.strip():
            raise ErratumMissing(_("Say what this edition corrects."))
        while round.state in NEXT_STEP:
            ROUND.perform(round, NEXT_STEP[RoundState(round.state)], user=user)
        return Publication.objects.create(
            build=build,
            round=round,
            edition=edition,
            requested_by=build.requested_by,
            published_by=user,
            erratum=erratum.strip() if edition > 1 else "",
        )
