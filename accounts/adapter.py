"""How allauth behaves here: nobody signs up, links in mail carry the portal's own address, redirects stay inside."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class PortalAccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # The limit counts failed attempts for one address in five minutes: ACCOUNT_RATE_LIMITS, "login_failed".
        "too_many_login_attempts": _(
            "Too many attempts failed. Wait five minutes, then try again. If you have forgotten your password, choose a new one."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Only a path of this site: the default also admits every other allowed host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reset_password_from_key_url(self, key):
        """Built on BASE_URL, so that no request's Host header gets into a mail."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)
