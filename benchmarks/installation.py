"""A demonstration of its own for the measurements: seeded, served, thrown away."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.walk.servers import Portal, postgres_database

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@dataclass
class Installation:
    """`accounts` as `seed_demo --json` prints them."""

    portal: Portal
    database: str
    accounts: list[dict[str, str]]

    def account(self, role: str, organisation: str = "") -> dict[str, str]:
        return next(
            account
            for account in self.accounts
            if account["role"] == role and organisation in ("", account["organisation"])
        )


@contextmanager
def installation(database: str) -> Iterator[Installation | None]:
    """A seeded demonstration on "SQLite" or "PostgreSQL"; None when no PostgreSQL answers."""
    with ExitStack() as stack:
        url = ""
        if database == "PostgreSQL":
            try:
                url = stack.enter_context(postgres_database(POSTGRES))
            except psycopg2.OperationalError:
                yield None
                return
        directory = stack.enter_context(tempfile.TemporaryDirectory())
        portal = Portal(Path(directory), database_url=url)
        portal.manage("migrate", "--verbosity", "0")
        portal.manage("collectstatic", "--no-input", "--verbosity", "0")
        portal.manage("load_plan", "fixtures/plan/norway-2023-2030.json")
        yield Installation(portal, database, json.loads(portal.manage("seed_demo", "--json")))
