"""What happens to every request of somebody who is logged in: language, the session's age, the second factor."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import policy
from accounts.services import sessions
from common.http import page_of_form

STARTED, TOUCHED = "session_started", "session_touched"
TOUCH_SECONDS = 60


# Where somebody who still lacks the second factor may go; the names of allauth's pages carry no namespace.
WITHOUT_SECOND_FACTOR = ("account_", "mfa_")
# Where a session may go that has not passed the second factor its person has: nowhere that could take it away.
BEFORE_SECOND_FACTOR = ("mfa_reauthenticate", "account_logout")


class LoginMiddleware(LoginRequiredMiddleware):
    """Everything asks for a login unless a view says otherwise.

    Whoever sent a form is led back to the page that held it, where what was typed is offered again: the address that the
    form is sent to may be one that shows no page.
    """

    def handle_no_permission(self, request, view_func):
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(
            page_of_form(request) or settings.LOGIN_REDIRECT_URL,
            resolve_url(self.get_login_url(view_func)),
            self.get_redirect_field_name(view_func),
        )


class UserLanguageMiddleware:
    """Whoever is logged in reads the portal in the language of their profile, on any machine."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SessionAgeMiddleware:
    """Ends a session after SESSION_ABSOLUTE_AGE, whatever is done in it, and renews its idle time while it is used.

    The idle limit is SESSION_COOKIE_AGE, counted from the last write of the session. Writing it at every request would cost
    a query each; once a minute is enough.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault(STARTED, now)
            if now - started >= settings.SESSION_ABSOLUTE_AGE:
                logout(request)
                messages.info(request, _("You were logged in for a long time. Log in again to go on."))
            elif now - request.session.get(TOUCHED, 0) >= TOUCH_SECONDS:
                request.session[TOUCHED] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Whoever holds a role that asks for a second factor sets one up before anything else.

    Having one is not enough: this very session must have passed it. One that was begun by password alone, before there was a
    second factor, goes on after a code only.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if (
            not settings.SECOND_FACTOR_REQUIRED
            # Public pages stay public.
            or not getattr(view_func, "login_required", True)
            or not policy.needs_second_factor(request.user)
        ):
            return None
        name = request.resolver_match.url_name or ""
        if not is_mfa_enabled(request.user):
            if name.startswith(WITHOUT_SECOND_FACTOR):
                return None
            messages.warning(request, _("Your role asks for two-factor authentication. Set it up to go on."))
            return redirect("mfa_activate_totp")
        if sessions.passed_second_factor(request) or name in BEFORE_SECOND_FACTOR:
            return None
        messages.warning(request, _("Type the code of your authenticator app to go on."))
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else page_of_form(request)
        return redirect_to_login(back or settings.LOGIN_REDIRECT_URL, "mfa_reauthenticate")
