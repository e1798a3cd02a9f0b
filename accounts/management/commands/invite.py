"""Invite somebody from the command line; the way the first administrator gets in."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.models import Organisation
from accounts.services.invitations import InvitationNotSent, invite


class Command(BaseCommand):
    help = "Mail EMAIL a one-time link with which the person takes up a role."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--organisation", required=True, metavar="CODE", help="as in the administration: mfa, …")

    def handle(self, *args, email, name, role, organisation, **options):
        try:
            invitation = invite(
                user=None, email=email, name=name, role=role, organisation=Organisation.objects.get(code=organisation)
            )
        except Organisation.DoesNotExist as error:
            known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none; load a plan first"
            raise CommandError(f'There is no organisation "{organisation}". Known are: {known}.') from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except InvitationNotSent as error:
            raise CommandError(f"The mail could not be sent, so there is no invitation: {error}") from error
        self.stdout.write(
            f"1 invitation sent to {invitation.email}: {invitation.get_role_display()}, {invitation.organisation}. "
            f"It works once, until {invitation.expires_at:%Y-%m-%d %H:%M} UTC."
        )
