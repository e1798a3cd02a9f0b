"""What happens to every request of somebody who is logged in: language, the session's age, the second factor."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import policy

STARTED, TOUCHED = "session_started", "session_touched"
TOUCH_SECONDS = 60


# Where somebody who still lacks the second factor may go; the names of allauth's pages carry no namespace.
WITHOUT_SECOND_FACTOR = ("account_", "mfa_")


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
    """Whoever holds a role that asks for a second factor sets one up before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if (
            not settings.SECOND_FACTOR_REQUIRED
            # Public pages stay public.
            or not getattr(view_func, "login_required", True)
            or (request.resolver_match.url_name or "").startswith(WITHOUT_SECOND_FACTOR)
            or not policy.needs_second_factor(request.user)
            or is_mfa_enabled(request.user)
        ):
            return None
        messages.warning(request, _("Your role asks for two-factor authentication. Set it up to go on."))
        return redirect("mfa_activate_totp")
