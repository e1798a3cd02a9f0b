"""Setting up the second factor: allauth's page, after which no session begun by password alone goes on."""

from allauth.mfa.totp.views import ActivateTOTPView
from django.db import transaction

from accounts.services import sessions


class Activate(ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.second_factor_set_up(self.request)
        return response


activate = Activate.as_view()
