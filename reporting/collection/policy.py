"""Who may do what with rounds, reports and entries. Plain functions of a person and a row; templates ask the same."""

from accounts import policy as accounts_policy
from accounts.enums import Role
from accounts.policy import holds, ministry_ids, organisation_ids
from reporting.collection.enums import MinistryReportState, RoundState
from reporting.collection.models import Entry, MinistryReport, Round


def may_see_rounds(user) -> bool:
    return accounts_policy.is_coordinator(user) or holds(user, Role.FOCAL_POINT, Role.CONTRIBUTOR, Role.AUDITOR)


def reads_everything(user) -> bool:
    return accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user)


def may_open_round(user) -> bool:
    return accounts_policy.is_mfa_editor(user)


def may_steer_round(user, round: Round) -> bool:
    """Close a round, begin its synthesis, change its days."""
    return accounts_policy.is_mfa_editor(user) and round.state != RoundState.PUBLISHED


def holds_focal_point(user) -> bool:
    return holds(user, Role.FOCAL_POINT)


def holds_contributor(user) -> bool:
    return holds(user, Role.CONTRIBUTOR)


def reports_for_ministry(user) -> bool:
    return holds(user, Role.FOCAL_POINT, Role.CONTRIBUTOR)


def is_focal_point(user, report: MinistryReport) -> bool:
    return report.ministry_id in organisation_ids(user, Role.FOCAL_POINT)


def may_write(user, entry: Entry) -> bool:
    """Focal points write every entry of their ministry; its contributors the ones assigned to them."""
    if is_focal_point(user, entry.report):
        return True
    return entry.report.ministry_id in ministry_ids(user, Role.CONTRIBUTOR) and any(
        assignment.user_id == user.pk for assignment in entry.assignments.all()
    )


def may_assign(user, report: MinistryReport) -> bool:
    return is_focal_point(user, report)


def may_submit(user, report: MinistryReport) -> bool:
    return is_focal_point(user, report)


def may_review(user) -> bool:
    """Comment on, return, accept, reopen, extend: the MFA's editors."""
    return accounts_policy.is_mfa_editor(user)


def may_comment(user, entry: Entry) -> bool:
    return may_review(user) or may_write(user, entry)


def awaits_review(report: MinistryReport) -> bool:
    return report.state == MinistryReportState.SUBMITTED
