"""Readers must be able to tell what is new because of the plan from what went on anyway."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if entry.change_kind:
        return None
    return Missing(
        "change_kind", _("Choose whether this is new, strengthened by the plan, or ongoing regardless of it.")
    )
