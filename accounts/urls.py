"""Login and what belongs to it. Of allauth's pages only those named here are served."""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import acceptance, invitations, own, second_factor

portal = (
    [
        path("profile/", own.profile, name="profile"),
        path("invitations/", invitations.invitation_list, name="invitations"),
        path("invitations/<int:pk>/cancel/", invitations.cancel, name="cancel_invitation"),
        path("invitation/<str:token>/", acceptance.invitation, name="invitation"),
    ],
    "accounts",
)

# Some of allauth's pages take PUT for POST, some redirect whatever the method; here each answers what it is there for.
form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(portal)),
    path("login/", form(allauth.login), name="account_login"),
    path("logout/", own.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", own.no_signup, name="account_signup"),
    path("reauthenticate/", form(allauth.reauthenticate), name="account_reauthenticate"),
    path("password/change/", form(allauth.password_change), name="account_change_password"),
    path("password/reset/", form(allauth.password_reset), name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", form(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", form(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", form(second_factor.activate), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        form(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        require_safe(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
