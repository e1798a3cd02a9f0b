"""How allauth behaves here: nobody signs up, mail comes from the fixed address."""

from allauth.account.adapter import DefaultAccountAdapter


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
