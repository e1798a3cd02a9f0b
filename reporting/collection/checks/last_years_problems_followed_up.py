"""Problems that the ministry reported last year are taken up again. Where it reported none there is nothing to follow up."""

from django.utils.translation import gettext as _

from reporting.collection.checks.finding import Missing


def check(entry, previous) -> Missing | None:
    if previous is None or not previous.problems.strip() or entry.problems_follow_up.strip():
        return None
    return Missing("problems_follow_up", _("Write what happened to the problems that you reported last year."))
