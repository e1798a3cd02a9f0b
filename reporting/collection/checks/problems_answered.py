"""The plan asks for problems. A ministry that met none says so; it cannot leave the question open."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.problems.strip():
        return None
    return Missing("problems", _("Write what went wrong or did not move. If nothing did, say so and how you know."))
