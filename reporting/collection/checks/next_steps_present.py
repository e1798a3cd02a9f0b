"""Work that goes on says where to. An action point that is completed needs no next step."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing
from reporting.collection.enums import Status


def check(entry, previous) -> Missing | None:
    if entry.status == Status.COMPLETED or entry.next_steps.strip():
        return None
    return Missing("next_steps", _("Write what is planned for the coming year."))
