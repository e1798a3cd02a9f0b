"""Inviting somebody, and the list of invitations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import policy
from accounts.enums import Role
from accounts.forms import InvitationForm
from accounts.models import Invitation
from accounts.services import invitations

SHOWN = 200


@require_http_methods(["GET", "POST"])
def invitation_list(request):
    """The invitations that this person sees, and the form for a new one."""
    if not policy.may_see_invitations(request.user):
        raise PermissionDenied
    form = InvitationForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid() and _send(request, form):
        return redirect("accounts:invitations")
    sent = Invitation.objects.for_user(request.user).select_related("organisation", "invited_by")
    return render(
        request,
        "accounts/invitations.html",
        {"form": form, "invitations": sent[:SHOWN]},
        status=400 if form.is_bound else 200,
    )


def _send(request, form: InvitationForm) -> bool:
    values = {name: form.cleaned_data[name] for name in form.Meta.fields}
    # The form offers nothing else; the rule is asked again because it, and not the form, decides.
    if not policy.may_invite(request.user, values["organisation"], Role(values["role"])):
        raise PermissionDenied
    try:
        invitations.invite(user=request.user, **values)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except invitations.InvitationNotSent:
        form.add_error(None, _("The mail could not be sent, so there is no invitation. Try again in a few minutes."))
        return False
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": values["email"]})
    return True


@require_POST
def cancel(request, pk):
    """Close an invitation that nobody has accepted yet."""
    if not policy.may_see_invitations(request.user):
        raise PermissionDenied
    invitation = get_object_or_404(Invitation.objects.for_user(request.user).select_related("organisation"), pk=pk)
    if not policy.may_invite(request.user, invitation.organisation, Role(invitation.role)):
        raise PermissionDenied
    if invitation.is_open:
        invitations.cancel(invitation)
        messages.success(request, _("The link sent to %(email)s no longer works.") % {"email": invitation.email})
    else:
        messages.info(request, _("The invitation was closed already. Nothing has changed."))
    return redirect("accounts:invitations")
