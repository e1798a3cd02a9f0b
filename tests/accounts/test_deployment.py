"""Settings that start but that nobody should publish a portal with, and what the process leaves to others on the machine."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

SOUND = {
    "DEBUG": "false",
    "DEMONSTRATION": "false",
    "SECRET_KEY": "".join(chr(33 + number % 90) for number in range(80)),
    "BASE_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal:x@127.0.0.1/portal",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "TRUSTED_PROXY_COUNT": "1",
    "SECOND_FACTOR_REQUIRED": "",
    "REDIS_URL": "",
}


def manage(tmp_path, *command, **values):
    """manage.py in a process of its own, with these settings. What is empty counts as unset."""
    environment = {**os.environ, "PORTAL_VAR": str(tmp_path / "var"), **SOUND, **values}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({}, ""),
        ({"DEMONSTRATION": "true"}, "portal.W001"),
        ({"DEMONSTRATION": "true", "SECOND_FACTOR_REQUIRED": "false"}, ""),
        ({"EMAIL_URL": "consolemail://"}, "portal.W002"),
    ],
)
def test_check_deploy_warns_of_unsafe_settings(tmp_path, values, warning):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **values)
    assert (done.returncode == 0) == (warning == ""), done.stderr
    assert warning in done.stderr


def test_nobody_else_on_the_machine_reads_the_database(tmp_path):
    values = {"DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'portal.sqlite3'}"}
    assert manage(tmp_path, "migrate", "common", "0001", **values).returncode == 0
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "var", *(tmp_path / "var").iterdir())]
    assert modes
    assert not [mode for mode in modes if mode & stat.S_IRWXO]
