"""Every command of README.md is run, as it stands there, by this file; `make test` is the run that this file is part of."""

import contextlib
import json
import os
import re
import secrets
import shlex
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.walk.servers import ROOT, end_group, free_port, postgres_database, redis_database

pytestmark = [pytest.mark.slow, pytest.mark.served]

BLOCKS = [
    block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
]
RUN, TEST, PRODUCTION, YEAR = BLOCKS
SERVING = ("gunicorn", "celery")


def _environment(var: Path, **settings: str) -> dict[str, str]:
    """A shell without settings of its own, so that README's commands meet what a reader's shell has."""
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**inherited, "PORTAL_VAR": str(var), "PYTHONUNBUFFERED": "1", **settings}


def _run(command: str, environment: dict[str, str], cwd: Path = ROOT) -> str:
    result = subprocess.run(shlex.split(command), cwd=cwd, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, f"{command}\n{result.stdout[-2000:]}\n{result.stderr[-2000:]}"
    return result.stdout


@contextlib.contextmanager
def _started(command: str, environment: dict[str, str], log: Path):
    with log.open("wb") as output:
        process = subprocess.Popen(
            shlex.split(command), cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        end_group(process)


def _answers(url: str, process: subprocess.Popen, log: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=5).status_code == 200:
                return
        time.sleep(0.3)
    raise AssertionError(f"{url} did not answer:\n{log.read_text()[-3000:]}")


def test_readme_has_the_blocks_that_are_run_here():
    assert RUN == ["make run"]
    assert TEST == ["make test"]
    assert len(PRODUCTION) <= 10


def test_make_run_serves_a_published_report_and_the_commands_of_the_year_work(tmp_path):
    port = free_port()
    environment = _environment(tmp_path / "var", PORT=str(port))
    log = tmp_path / "run.log"
    with _started(RUN[0], environment, log) as process:
        _answers(f"http://127.0.0.1:{port}/readyz", process, log, 400)
        assert "annual" in httpx.get(f"http://127.0.0.1:{port}/").text.lower()
        printed = log.read_text()
        assert re.search(r"report\.pdf, \d+ pages, compiled in [\d.]+ s", printed)
        assert len(re.findall(r"@demonstration\.example", printed)) >= 14
        outputs = [_run(command.replace("report.pdf", str(tmp_path / "report.pdf")), environment) for command in YEAR]
    assert "78 entries" in outputs[0]
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    accounts = json.loads(outputs[2])
    assert {"role", "organisation", "email", "password"} == set(accounts[0])


def test_the_lines_of_production_work_one_after_the_other(tmp_path):
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    with contextlib.ExitStack() as stack:
        settings = {
            "SECRET_KEY": secrets.token_hex(40),
            "DEMONSTRATION": "false",
            "BASE_URL": "https://portal.example",
            "ALLOWED_HOSTS": "portal.example,127.0.0.1",
            "EMAIL_URL": "dummymail://",
            "TRUSTED_PROXY_COUNT": "1",
            "BIND": f"127.0.0.1:{free_port()}",
        }
        if database_url.startswith("postgres"):
            settings["DATABASE_URL"] = stack.enter_context(postgres_database(database_url))
        if redis_url:
            settings["REDIS_URL"] = redis_database(redis_url, 12)
        environment = _environment(tmp_path / "var", **settings)
        for number, command in enumerate(PRODUCTION):
            if not any(f"/{name} " in command for name in SERVING):
                _run(command, environment)
                continue
            if "/celery " in command and not redis_url:
                continue  # a worker and beat have nothing to do without a broker
            log = tmp_path / f"{number}.log"
            process = stack.enter_context(_started(command, environment, log))
            if "/gunicorn " in command:
                _answers(f"http://{settings['BIND']}/healthz", process, log, 60)
            else:
                time.sleep(5)
                assert process.poll() is None, log.read_text()[-2000:]
