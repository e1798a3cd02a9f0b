"""What people do with their own account, beside what allauth serves."""

from functools import wraps

from allauth.account.views import logout as allauth_logout
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import policy
from accounts.forms import ProfileForm

# Cookies are not in the list: the session's own is deleted by name, and the choice of language may stay.
CLEARED_AT_LOGOUT = '"cache", "storage"'


@require_http_methods(["GET", "POST"])
def profile(request):
    """Name and language; links to the password and the second factor."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        translation.activate(person.language)
        messages.success(request, _("Your profile is saved."))
        response = redirect("accounts:profile")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            person.language,
            max_age=365 * 24 * 60 * 60,
            samesite="Lax",
            secure=settings.SECURE,
        )
        return response
    if form.is_bound:
        # What was typed and refused is not this person's name in the header.
        request.user.refresh_from_db()
    context = {
        "form": form,
        "has_second_factor": is_mfa_enabled(request.user),
        "asks_for_second_factor": settings.SECOND_FACTOR_REQUIRED and policy.needs_second_factor(request.user),
        "may_invite": policy.may_see_invitations(request.user),
    }
    return render(request, "accounts/profile.html", context, status=400 if form.is_bound else 200)


@wraps(allauth_logout)
def logout(request):
    """allauth's page; what the browser kept of the portal goes with the session."""
    response = allauth_logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = CLEARED_AT_LOGOUT
    return response


@login_not_required
def no_signup(request):
    """Accounts are made by invitation. The address exists because allauth's pages name it."""
    raise Http404
