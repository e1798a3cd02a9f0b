"""What this person owes, by when, and how far it has come."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import policy as accounts_policy
from reporting.collection import policy
from reporting.collection.tasklist import assigned_to, owed_by, reviewed_by, rounds_steered_by


@require_safe
def my(request):
    """Open to everyone who is logged in; who owes nothing is told so."""
    user = request.user
    context = {
        "owed": owed_by(user),
        "assigned": assigned_to(user),
        "reviews": reviewed_by(user),
        "steered": rounds_steered_by(user),
        "is_focal_point": policy.holds_focal_point(user),
        "is_contributor": policy.holds_contributor(user),
        "is_editor": policy.may_review(user),
        "is_publisher": accounts_policy.is_mfa_publisher(user),
        "is_administrator": accounts_policy.is_administrator(user),
        "is_auditor": accounts_policy.is_auditor(user),
        "may_see_rounds": policy.may_see_rounds(user),
    }
    return render(request, "collection/my.html", context)
