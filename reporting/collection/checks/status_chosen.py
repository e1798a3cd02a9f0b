"""The report shows how far each action point has come."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.status:
        return None
    return Missing("status", _("Choose the status."))
