"""`make bench`: every question on a demonstration of its own, on SQLite and, where it answers, on PostgreSQL."""

import os
import platform
import sys

from benchmarks import compilation, pages
from benchmarks.installation import installation


def main() -> None:
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, {sys.platform}", flush=True)
    for database in ("SQLite", "PostgreSQL"):
        with installation(database) as demonstration:
            if demonstration is None:
                print(f"\n{database}: not measured, it does not answer")
                continue
            full, current = _years(demonstration)
            if database == "SQLite":
                _show("The annual report of the full demonstration year", compilation.measure(demonstration, full))
            _show(f"Pages on {database}, gunicorn with 2 workers", pages.measure(demonstration, current))


def _years(demonstration) -> tuple[int, int]:
    """The full year and the one being reported on, from the rounds themselves."""
    code = (
        "from reporting.collection.models import Round; "
        "print(*Round.objects.order_by('-year').values_list('year', flat=True)[:2])"
    )
    current, full = demonstration.portal.manage("shell", "--verbosity", "0", "--command", code).split()
    return int(full), int(current)


def _show(title: str, lines: list[str]) -> None:
    print(f"\n{title}")
    for line in lines:
        print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
