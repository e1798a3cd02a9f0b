from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own site."""

    default_site = "accounts.site.PortalAdminSite"
