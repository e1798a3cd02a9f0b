"""The Makefile and the scripts behind it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"(?m)^([a-z]+):", MAKEFILE)
SCRIPTS = [
    *(path for path in (ROOT / "scripts").iterdir() if path.is_file() and path.suffix == ""),
    ROOT / ".ci/run",
]


@pytest.mark.parametrize("target", ["setup", "run", "test", "lint"])
def test_the_targets_exist_and_name_scripts_that_do(target):
    assert target in TARGETS
    commands = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    named = re.findall(r"scripts/\w+", commands)
    assert named
    assert [name for name in named if not os.access(ROOT / name, os.X_OK)] == []


def test_help_lists_every_other_target():
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in TARGETS if not re.search(rf"(?m)^{target}\t", shown)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_executable_and_stop_at_mistakes(script):
    assert os.access(script, os.X_OK)
    assert re.search(r"(?m)^set -e?uo pipefail$", script.read_text())


def test_a_missing_library_is_named_where_it_cannot_be_installed(tmp_path):
    """Without apt one line names the packages, and the set-up stops."""
    for tool in ("dirname", "id"):
        (tmp_path / tool).symlink_to(subprocess.run(["which", tool], capture_output=True, text=True).stdout.strip())
    ended = subprocess.run(
        ["/bin/bash", "-c", ". scripts/common.sh; apt_install 'WeasyPrint needs Pango' libpango-1.0-0; echo went on"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        "error: WeasyPrint needs Pango. Install the missing packages and try again: "
        "sudo apt-get install libpango-1.0-0\n"
    )


@pytest.mark.parametrize(
    ("database", "broker", "says"),
    [
        ("sqlite:///x", "redis://127.0.0.1:1/0", "DATABASE_URL names no PostgreSQL"),
        ("postgres://a:hush@127.0.0.1:1/x", "redis://127.0.0.1:1/0", "PostgreSQL at 127.0.0.1:1: "),
    ],
)
def test_servers_that_do_not_answer_are_named_without_passwords(database, broker, says):
    asked = subprocess.run(
        [sys.executable, "scripts/reachable.py", database, broker], cwd=ROOT, capture_output=True, text=True
    )
    assert asked.returncode == 1
    assert asked.stdout.startswith(says)
    assert "hush" not in asked.stdout + asked.stderr
