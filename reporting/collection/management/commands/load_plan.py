"""Load a plan file: the plan, its ministries and resolutions, the countries and the forums.

It stands in this app because this is the first one that sees both the plan and the countries.
"""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from actionpoints.models import ActionPoint, LeadAssignment, Plan, Resolution, Section, Theme
from actionpoints.services import plan_file
from common.datafile.reading import FileRefused, read_json
from common.datafile.rows import Comparison, Row, apply, compare
from priority_countries.models import Country, Forum
from priority_countries.services import country_file

COUNTED = (
    (ActionPoint, "action points"),
    (Theme, "themes"),
    (Section, "sections"),
    (LeadAssignment, "lead assignments"),
    (plan_file.Ministry, "ministries"),
    (Country, "countries"),
    (Forum, "forums"),
    (Resolution, "resolutions"),
)


def read_plan_file(path: Path) -> list[Row]:
    """Every row that the file describes, each after what it belongs to. Raises FileRefused, naming the place."""
    given = read_json(path).keys("plan", "ministries", "themes", "countries", "forums", "resolutions")
    plan, years = plan_file.read_plan(given["plan"])
    ministries = plan_file.read_ministries(given["ministries"])
    return [
        plan,
        *ministries.values(),
        *plan_file.read_themes(given["themes"], plan, years, ministries),
        *plan_file.read_resolutions(given["resolutions"]),
        *country_file.read_countries(given["countries"], years.read_span),
        *country_file.read_forums(given["forums"], years.read_span),
    ]


class Command(BaseCommand):
    help = (
        "Load the plan, its ministries, countries, forums and resolutions from FILE. An empty database is filled at once; "
        "after that the differences are shown, and applied only with --yes. Nothing is ever deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--yes", action="store_true", help="apply the differences that are shown")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where a plan is loaded already, whatever the file says"
        )

    def handle(self, *args, file: Path, yes: bool, if_empty: bool, **options):
        if if_empty and Plan.objects.exists():
            self.stdout.write("0 rows changed: a plan is loaded already.")
            return
        try:
            rows = read_plan_file(file)
            with transaction.atomic():
                first_load = not Plan.objects.exists()
                scopes = [*plan_file.plan_scopes(rows[0].label), *country_file.country_scopes()]
                comparison = compare(rows, scopes)
                confirmed = yes or (first_load and not comparison.alterations)
                # Applied in any case, so that what breaks a rule is refused here and not after it is confirmed.
                apply(comparison)
                if not confirmed:
                    transaction.set_rollback(True)
        except FileRefused as error:
            raise CommandError(f"{file} is refused, and nothing was changed.\n{error}") from error
        if not first_load:
            self.show(comparison)
        if comparison.changes and not confirmed:
            raise CommandError(
                f"Nothing was changed. To apply these {_rows(len(comparison.changes))}: "
                f"manage.py load_plan {file} --yes"
            )
        self.summarise(file, comparison)

    def show(self, comparison: Comparison) -> None:
        """Print every difference, one field a line."""
        for change in comparison.changes:
            if change.instance is None:
                self.stdout.write(f"add {change.row}")
            for field in change.fields:
                self.stdout.write(f"change {change.row}: {field.field} {field.before} → {field.after}")
        for instance in comparison.only_in_database:
            self.stdout.write(
                f"not in the file: {instance._meta.verbose_name} {instance}. "
                "Nothing is deleted here; if it should go, end or remove it in the administration."
            )

    def summarise(self, file: Path, comparison: Comparison) -> None:
        counted = Counter(row.model for row in comparison.rows)
        holds = ", ".join(f"{counted[model]} {name}" for model, name in COUNTED)
        self.stdout.write(f"{file}: {holds}.")
        added, altered = len(comparison.additions), len(comparison.alterations)
        self.stdout.write(f"{_rows(added + altered)} changed ({added} added, {altered} altered).")


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
