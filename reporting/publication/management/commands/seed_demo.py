"""`seed_demo`: the invented demonstration, and its accounts."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from actionpoints.models import Plan
from reporting.publication.demonstration.people import make_accounts
from reporting.publication.demonstration.seeding import CompilationFailed, seed_years


class Command(BaseCommand):
    help = "Seed the invented demonstration and print one account per role. What is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="print the accounts as a list of objects, and nothing else"
        )
        parser.add_argument("--accounts-only", action="store_true", help="make the accounts, but no reports")

    def handle(self, *args, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This is no demonstration: set DEMONSTRATION=true to fill it with invented content.")
        if not Plan.objects.exists():
            raise CommandError("No plan is loaded: run load_plan fixtures/plan/norway-2023-2030.json first.")
        say = self.stderr.write if options["json"] else self.stdout.write
        accounts = make_accounts()
        if not options["accounts_only"]:
            try:
                builds = seed_years(say)
            except CompilationFailed as error:
                raise CommandError(str(error)) from error
            if not builds:
                say("The demonstration's years are there already: nothing was changed.")
        if options["json"]:
            self.stdout.write(json.dumps([account.as_json() for account in accounts], indent=2))
            return
        self.stdout.write(f"{len(accounts)} demonstration accounts (invented people):")
        for account in accounts:
            self.stdout.write(
                f"  {account.role.value:16} {account.organisation.code:24} {account.email:58} {account.password}"
            )
