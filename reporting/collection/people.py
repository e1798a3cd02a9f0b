"""Who stands behind a ministry's report."""

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Membership, User
from common.dates import today


def possible_contributors(ministry_id: int):
    """The people who are contributors today in the ministry or in an agency under it, by name."""
    memberships = Membership.objects.in_force(today()).filter(role=Role.CONTRIBUTOR)
    return User.objects.filter(
        pk__in=memberships.filter(Q(organisation=ministry_id) | Q(organisation__parent=ministry_id)).values("user")
    )


def focal_points(ministry_id: int):
    """The focal points of the ministry today, by name."""
    memberships = Membership.objects.in_force(today()).filter(role=Role.FOCAL_POINT, organisation=ministry_id)
    return User.objects.filter(pk__in=memberships.values("user"))
