"""Every entry opens with one sentence that says what is different now."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.headline_result.strip():
        return None
    return Missing("headline_result", _("Write the headline result: one sentence on what is different now."))
