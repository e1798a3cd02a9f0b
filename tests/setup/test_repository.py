"""What the repository may not hold, and what its lock files must."""

import configparser
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in two parts so that this file passes its own test.
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
    "docker" + ".io",
    "ghcr" + ".io",
    "quay" + ".io",
]
MACHINE_PATH = re.compile(r"(?<![\w./<>{}-])/(?:work|root|home|opt|Users)/\w")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def tracked_texts() -> dict[str, str]:
    """Every tracked file that is text, by its path in the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                texts[name] = content.decode()
    return texts


def pins(lock: str) -> dict[str, str]:
    return {name.lower(): version for name, version in PIN.findall((ROOT / lock).read_text())}


def wanted(requirements: str) -> set[str]:
    """The names of a requirements file's own lines, without extras and version."""
    lines = (ROOT / requirements).read_text().splitlines()
    return {re.split(r"[\[=~<>]", line)[0].lower() for line in lines if line and not line.startswith(("#", "-"))}


def test_no_tracked_file_names_a_registry():
    found = [
        f"{name}: {registry}" for name, text in tracked_texts().items() for registry in REGISTRIES if registry in text
    ]
    assert found == []


def test_no_tracked_file_names_a_path_of_one_machine():
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["cd " + "/home" + "/anna/portal", '"' + "/opt" + '/tool"', "=" + "/root" + "/x"])
def test_a_path_of_one_machine_is_recognised(text):
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-production.lock", "scripts/node.lock", "package-lock.json"]
)
def test_lock_files_name_no_host(lock):
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-production.lock", "scripts/node.lock"])
def test_every_locked_package_has_a_hash(lock):
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", (ROOT / lock).read_text())
    assert [block.split()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block] == []


def test_what_is_asked_for_is_locked():
    assert wanted("requirements.in") <= set(pins("requirements-production.lock"))
    assert wanted("requirements-development.in") <= set(pins("requirements.lock"))
    assert wanted("scripts/node.in") <= set(pins("scripts/node.lock"))


def test_production_runs_the_versions_that_were_tested():
    assert pins("requirements-production.lock").items() <= pins("requirements.lock").items()


def test_npm_runs_no_scripts_and_writes_no_host():
    npmrc = configparser.ConfigParser()
    npmrc.read_string("[npmrc]\n" + (ROOT / ".npmrc").read_text())
    assert npmrc.getboolean("npmrc", "ignore-scripts")
    assert npmrc.getboolean("npmrc", "omit-lockfile-registry-resolved")
