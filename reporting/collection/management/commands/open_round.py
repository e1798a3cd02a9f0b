"""`manage.py open_round YEAR`: open the reporting on a year."""

import datetime

from django.core.management.base import BaseCommand, CommandError

from reporting.collection.services.rounds import DAY_FIELDS, RoundRefused, open_round


class Command(BaseCommand):
    help = "Opens the round of YEAR: freezes its cells, countries and forums. Opening twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        for field in DAY_FIELDS:
            parser.add_argument(f"--{field.replace('_', '-')}", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *, year, **options):
        try:
            opening = open_round(year, **{field: options[field] for field in DAY_FIELDS})
        except RoundRefused as refusal:
            option = f" (--{refusal.field.replace('_', '-')})" if refusal.field in DAY_FIELDS else ""
            raise CommandError(f"The round of {year} was not opened. {refusal}{option}") from refusal
        numbers = (
            f"{opening.reports} reports, {opening.entries} entries, "
            f"{opening.countries} countries, {opening.forums} forums"
        )
        if opening.already_open:
            self.stdout.write(f"The round of {year} had been opened before; nothing was changed: {numbers}.")
        else:
            self.stdout.write(f"Opened the round of {year}: {numbers}.")
