"""What every page shows around its content."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from reporting.collection.enums import RoundState
from reporting.collection.models import Round


def portal(request):
    """`portal`: demonstration mark, the round now reported on (or None), the reader's memberships. Asked only if shown."""

    def current_round():
        return Round.objects.exclude(state__in=[RoundState.PLANNED, RoundState.PUBLISHED]).order_by("year").first()

    user = getattr(request, "user", None)
    return {
        "portal": {
            "demonstration": settings.DEMONSTRATION,
            "round": SimpleLazyObject(current_round),
            "memberships": user.memberships_today if user is not None and user.is_authenticated else [],
        }
    }
