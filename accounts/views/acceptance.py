"""Accepting an invitation by the link in the mail. Whoever holds the link reads the mailbox it was sent to."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms import AcceptForm, PasswordForm
from accounts.models import User
from accounts.services import invitations


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "POST"])
def invitation(request, token):
    """Show the invitation and take it up. A link that no longer works answers 410."""
    try:
        found = invitations.find_open(token)
        new_password = invitations.needs_password(found)
        form: forms.Form
        if new_password:
            form = PasswordForm(
                request.POST if request.method == "POST" else None, person=User(email=found.email, name=found.name)
            )
        else:
            form = AcceptForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            person = invitations.accept(invitation=found, password=form.cleaned_data.get("password"))
            if request.user == person:
                messages.success(request, _("You have taken up the new role."))
                return redirect("accounts:profile")
            messages.success(request, _("You have taken up the role. Log in to begin."))
            return redirect("account_login")
    except invitations.InvitationClosed:
        return render(request, "accounts/invitation.html", {"invitation": None}, status=410)
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": found, "form": form, "new_password": new_password},
        status=400 if form.is_bound else 200,
    )
