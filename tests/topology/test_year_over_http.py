"""The production topology without containers: gunicorn, worker and beat as processes, on PostgreSQL and Redis."""

import contextlib
import io
import json
import os
import re

import pytest
from pypdf import PdfReader

from reporting.publication.demonstration.texts import read_year
from tests.walk import year as walk
from tests.walk.servers import Portal, open_days, postgres_database, redis_database

pytestmark = [pytest.mark.broker, pytest.mark.postgres, pytest.mark.slow, pytest.mark.served]

YEAR = 2026
SYNTHESIS = "helped bring evidence of conflict-related sexual violence closer to the courts"


@pytest.fixture
def servers():
    """The addresses of the servers that the suite was given; the test is about them and cannot do without."""
    urls = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not urls[0].startswith("postgres") or not urls[1]:
        pytest.skip("the topology needs PostgreSQL and Redis: DATABASE_URL and REDIS_URL name none")
    return urls[0], redis_database(urls[1], 10)


def test_a_whole_year_on_separate_processes(servers, tmp_path):
    """Every role's part of the year passes through real processes; nothing internal leaves the house."""
    with postgres_database(servers[0]) as database_url:
        portal = Portal(tmp_path, database_url=database_url, redis_url=servers[1])
        portal.manage("migrate", "--verbosity", "0")
        portal.manage("collectstatic", "--no-input", "--verbosity", "0")
        portal.manage("load_plan", "fixtures/plan/norway-2023-2030.json")
        accounts = json.loads(portal.manage("seed_demo", "--accounts-only", "--json"))
        assert "78 entries" in portal.manage("open_round", str(YEAR), *open_days())
        texts = read_year("full_year", YEAR)
        with (
            portal.web(workers=2),
            portal.beat(),
            contextlib.closing(walk.cast(portal.base_url, accounts)) as people,
        ):
            walk.report(people, YEAR, texts)
            walk.review(people, YEAR)
            walk.synthesise(people, YEAR, texts)
            with portal.worker():
                path = walk.build(people, YEAR)
            walk.publish(people, path)
            pdf = walk.published_pdf(people, YEAR).content
            page = people.anonymous.get(f"/reports/{YEAR}/").text
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    assert _without_breaks(SYNTHESIS) in _without_breaks(text)
    assert walk.CANARY not in text
    assert walk.CANARY.encode() not in pdf
    assert walk.CANARY not in page
    assert walk.REASON not in text + page
    logs = "".join(log.read_text() for log in portal.logs.iterdir())
    assert walk.CANARY not in logs


def _without_breaks(text: str) -> str:
    """Lines of a PDF end at hyphens and spaces; the words are what counts."""
    return re.sub(r"[\s-]+", "", text)
