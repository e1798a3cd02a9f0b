"""The markup itself: the W3C's checker finds no error on any page that is served."""

import contextlib
import shutil
import subprocess

import pytest

from tests.browser.test_pages import PAGES
from tests.walk.people import Person
from tests.walk.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.served]

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.skipif(shutil.which("java") is None, reason="the checker needs Java")
def test_every_page_is_valid_html(demonstration, tmp_path):
    for (role, organisation), addresses in PAGES.items():
        account = demonstration.account(role, organisation) if role else {"email": "", "password": ""}
        with contextlib.closing(Person(demonstration.base_url, account["email"], account["password"])) as person:
            for number, address in enumerate(addresses):
                path = address.format(published=demonstration.published_year, open=demonstration.open_year)
                page = person.client.get(path)
                name = f"{role or 'public'}-{number}{path.replace('/', '_')}.html"
                (tmp_path / name).write_text(page.text, encoding="utf-8")
    result = subprocess.run(
        ["java", "-jar", CHECKER, "--errors-only", "--exit-zero-always", "--skip-non-html", tmp_path],
        capture_output=True,
        text=True,
    )
    found = [line.rsplit("/", 1)[-1] for line in result.stderr.splitlines() if line.strip()]
    assert found == []
