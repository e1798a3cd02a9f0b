"""Who holds which role today. Every app's policy builds on these plain functions; none of them sees a request."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.enums import SECOND_FACTOR_ROLES, Role
from accounts.models import Organisation, User


def holds(user, *roles: Role, organisation_id: int | None = None) -> bool:
    """Whether the person holds one of `roles` today, in the given organisation if one is named. Anonymous: never."""
    if not user.is_authenticated:
        return False
    return any(
        membership.role in roles and (organisation_id is None or membership.organisation_id == organisation_id)
        for membership in user.memberships_today
    )


def organisation_ids(user, *roles: Role) -> set[int]:
    """The organisations in which the person holds one of `roles` today."""
    if not user.is_authenticated:
        return set()
    return {membership.organisation_id for membership in user.memberships_today if membership.role in roles}


def ministry_ids(user, *roles: Role) -> set[int]:
    """As `organisation_ids`, with an agency counted as the ministry above it."""
    if not user.is_authenticated:
        return set()
    return {
        membership.organisation.parent_id or membership.organisation_id
        for membership in user.memberships_today
        if membership.role in roles
    }


def is_auditor(user) -> bool:
    return holds(user, Role.AUDITOR)


def is_mfa_editor(user) -> bool:
    return holds(user, Role.MFA_EDITOR)


def is_mfa_publisher(user) -> bool:
    return holds(user, Role.MFA_PUBLISHER)


def is_administrator(user) -> bool:
    return holds(user, Role.ADMINISTRATOR)


def is_coordinator(user) -> bool:
    """MFA staff who steer the round: they read every ministry's report."""
    return holds(user, Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR)


def needs_second_factor(user) -> bool:
    return holds(user, *SECOND_FACTOR_ROLES)


def may_invite(user, organisation: Organisation, role: Role) -> bool:
    """Administrators invite anybody; a focal point invites contributors to the ministry and the agencies under it."""
    if is_administrator(user):
        return True
    ministries = organisation_ids(user, Role.FOCAL_POINT)
    return role == Role.CONTRIBUTOR and (organisation.pk in ministries or organisation.parent_id in ministries)


def may_see_invitations(user) -> bool:
    return holds(user, Role.ADMINISTRATOR, Role.FOCAL_POINT)


def organisations_to_invite_to(user) -> QuerySet[Organisation]:
    """The organisations for which `may_invite` can say yes."""
    if is_administrator(user):
        return Organisation.objects.all()
    ministries = organisation_ids(user, Role.FOCAL_POINT)
    return Organisation.objects.filter(Q(pk__in=ministries) | Q(parent__in=ministries))


def roles_to_invite_to(user) -> list[Role]:
    return list(Role) if is_administrator(user) else [Role.CONTRIBUTOR]


def people_with(roles: Iterable[Role], organisation_id: int, day) -> list[User]:
    """The active people who hold one of `roles` in the organisation on `day`, by name."""
    return list(
        User.objects.filter(
            pk__in=Organisation.objects.get(pk=organisation_id)
            .memberships.in_force(day)
            .filter(role__in=list(roles))
            .values("user")
        )
    )
