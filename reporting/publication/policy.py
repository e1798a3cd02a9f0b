"""Who may make, read and publish builds. Plain functions of a person and a row; templates ask the same."""

from accounts import policy as accounts_policy
from reporting.publication.models import Build


def may_read_builds(user) -> bool:
    return accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user)


def may_make_builds(user) -> bool:
    return accounts_policy.is_mfa_editor(user)


def may_publish(user) -> bool:
    """Whether the person's role publishes at all; `asked_for` then keeps them from what they asked for themselves."""
    return accounts_policy.is_mfa_publisher(user)


def asked_for(user, build: Build) -> bool:
    """Nobody publishes alone: whoever asked for a build, first or again, leaves its publication to somebody else."""
    return build.requested_by_id == user.pk or build.tried_again_by.filter(pk=user.pk).exists()
