"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from reporting.collection import policy
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.collection.tasklist import step_for


def portal(request):
    """`portal`: the demonstration mark, the round now reported on and its next step for this reader (each None if there
    is no round), the reader's memberships and whether the rounds are open to them. Asked only if shown.
    """
    user: Any = getattr(request, "user", AnonymousUser())

    def current_round():
        return Round.objects.exclude(state__in=[RoundState.PLANNED, RoundState.PUBLISHED]).order_by("year").first()

    round: Any = SimpleLazyObject(current_round)

    def next_step():
        return step_for(user, round) if round else None

    return {
        "portal": {
            "demonstration": settings.DEMONSTRATION,
            "round": round,
            "next_step": SimpleLazyObject(next_step),
            "memberships": user.memberships_today if user.is_authenticated else [],
            "may_see_rounds": policy.may_see_rounds(user),
        }
    }
