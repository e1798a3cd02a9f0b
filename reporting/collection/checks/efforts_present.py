"""The plan asks every lead ministry to report its efforts."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.efforts.strip():
        return None
    return Missing("efforts", _("Write what the ministry and its agencies did."))
