"""The administrators' site: Django's admin behind the portal's own login."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts import policy


class PortalAdminSite(admin.AdminSite):
    site_header = _("Women, Peace and Security: administration")
    site_title = _("Administration")
    index_title = _("People, the plan and the priority-country list")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return policy.is_administrator(request.user)

    def login(self, request, extra_context=None):
        """There is one login page; who is logged in without the role gets a plain refusal, not a second form."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
