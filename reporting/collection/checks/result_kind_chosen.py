"""Whether the headline is an activity, an output or an outcome is said, not guessed."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.result_kind:
        return None
    return Missing("result_kind", _("Choose what kind of result the headline describes."))
