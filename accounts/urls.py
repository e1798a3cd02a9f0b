"""Login and what belongs to it. Of allauth's pages only those named here are served."""

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts.views import acceptance, invitations, own

portal = (
    [
        path("profile/", own.profile, name="profile"),
        path("invitations/", invitations.invitation_list, name="invitations"),
        path("invitations/<int:pk>/cancel/", invitations.cancel, name="cancel_invitation"),
        path("invitation/<str:token>/", acceptance.invitation, name="invitation"),
    ],
    "accounts",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(portal)),
    path("login/", allauth.login, name="account_login"),
    path("logout/", own.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", own.no_signup, name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
