"""Who may do what at the synthesis desk. Plain functions of a person and a row; templates ask the same."""

from accounts import policy as accounts_policy
from reporting.collection.enums import RoundState
from reporting.collection.models import Round


def may_see_desk(user) -> bool:
    """The coordinators and the auditors read; nobody else does before publication."""
    return accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user)


def may_write(user) -> bool:
    """The MFA's editors write the synthesis."""
    return accounts_policy.is_mfa_editor(user)


def has_desk(round: Round) -> bool:
    """A planned round has no entries and so no desk. A published one keeps it: a correction is a further edition."""
    return round.state != RoundState.PLANNED
