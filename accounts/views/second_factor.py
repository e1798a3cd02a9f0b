"""Setting up the second factor: allauth's page, after which no session begun by password alone goes on."""

from allauth.mfa.totp.views import ActivateTOTPView
from django.db import transaction
from django.views.decorators.http import require_http_methods

from accounts.services import sessions


class Activate(ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.second_factor_set_up(self.request)
        return response


@require_http_methods(["GET", "HEAD", "POST"])
def activate(request):
    """GET shows the key, POST takes the first code."""
    return Activate.as_view()(request)
