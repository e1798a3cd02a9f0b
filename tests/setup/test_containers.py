"""docker-compose.yml and the Dockerfile: who runs as whom, what is reachable, which secrets have no default."""

import http.server
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE_TEXT)["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_topology_is_complete():
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_is_root_or_gains_rights(name):
    service = SERVICES[name]
    assert str(service["user"]).split(":")[0] not in {"", "0", "root"}
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["read_only"] is True


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check(name):
    from_image = SERVICES[name].get("build") and "HEALTHCHECK" in DOCKERFILE
    assert SERVICES[name].get("healthcheck") or from_image


def test_only_the_proxy_publishes_ports():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_data_services_have_no_way_out(name):
    assert SERVICES[name]["networks"] == ["data"]
    assert yaml.safe_load(COMPOSE_TEXT)["networks"]["data"] == {"internal": True}


def test_no_setting_from_outside_has_a_default():
    used = re.findall(r"(?<!\$)\$\{([^}]*)\}", COMPOSE_TEXT)
    assert used
    assert [one for one in used if ":?" not in one] == []


def test_the_portal_waits_for_its_migrations():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_processes_of_the_portal_share_what_is_written():
    written = re.search(r"PORTAL_VAR=(\S+)", DOCKERFILE)[1]
    for name in ("web", "worker", "beat", "migrate"):
        assert f"portal:{written}" in SERVICES[name]["volumes"]


def test_every_setting_of_the_portal_is_one_that_it_reads():
    read = (ROOT / "wps_portal/settings.py").read_text() + (ROOT / "wps_portal/gunicorn.py").read_text()
    assert [name for name in SERVICES["web"]["environment"] if f'"{name}"' not in read] == []


def test_the_image_runs_as_the_user_of_the_compose_file():
    assert re.findall(r"(?m)^USER (\S+)", DOCKERFILE) == ["portal"]
    assert re.search(r"--uid (\d+)", DOCKERFILE)[1] == SERVICES["web"]["user"].split(":")[0]


def test_files_that_are_mounted_exist():
    mounted = re.findall(r"- (\./\S+?):", COMPOSE_TEXT)
    assert mounted
    assert [name for name in mounted if not (ROOT / name).is_file()] == []


def test_the_image_holds_every_package_of_the_portal():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages <= let_in


class Alive(http.server.BaseHTTPRequestHandler):
    """Answers as the portal does: only its own host is served."""

    def do_GET(self):
        known = self.headers["Host"] == "portal.example" and self.path == "/healthz"
        self.send_response(200 if known else 400)
        self.end_headers()

    def log_message(self, *arguments):
        """Keep the test's output clean."""


@pytest.mark.parametrize(("base_url", "exit_code"), [("https://portal.example", 0), ("https://another.example", 1)])
def test_the_health_check_asks_under_the_public_name(base_url, exit_code):
    with http.server.HTTPServer(("127.0.0.1", 0), Alive) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked = subprocess.run(
            [sys.executable, ROOT / "deploy/healthcheck.py"],
            env={"BIND": f"0.0.0.0:{server.server_port}", "BASE_URL": base_url},
            capture_output=True,
            text=True,
        )
        server.shutdown()
    assert asked.returncode == exit_code, asked.stdout + asked.stderr
