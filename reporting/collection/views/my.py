"""What this person owes, by when, and how far it has come."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import policy as accounts_policy
from reporting.collection import policy, tasklist


@require_safe
def my(request):
    """Open to everyone who is logged in; who owes nothing is told so."""
    user = request.user
    is_focal_point, is_contributor = policy.holds_focal_point(user), policy.holds_contributor(user)
    owed, assigned = tasklist.owed_by(user), tasklist.assigned_to(user)
    context = {
        "owed": owed,
        "nothing_owed": tasklist.nothing_owed(user) if is_focal_point and not owed else "",
        "assigned": assigned,
        "has_assignments": bool(assigned) or (is_contributor and tasklist.has_assignments(user)),
        "reviews": tasklist.reviewed_by(user),
        "steered": tasklist.rounds_steered_by(user),
        "is_focal_point": is_focal_point,
        "is_contributor": is_contributor,
        "is_editor": policy.may_review(user),
        "is_publisher": accounts_policy.is_mfa_publisher(user),
        "is_administrator": accounts_policy.is_administrator(user),
        "is_auditor": accounts_policy.is_auditor(user),
        "may_see_rounds": policy.may_see_rounds(user),
    }
    return render(request, "collection/my.html", context)
