"""The plan asks for results beside efforts: evaluations found activities reported in their place."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.results.strip():
        return None
    return Missing("results", _("Write what changed as a consequence."))
