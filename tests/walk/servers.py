"""The portal's processes as production runs them: gunicorn, a Celery worker, beat; each in a process of its own."""

import contextlib
import datetime
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg2
import redis
from psycopg2 import sql

from common.dates import OSLO

ROOT = Path(__file__).resolve().parent.parent.parent


class Portal:
    """One installation: its own database, its own PORTAL_VAR, its own environment."""

    def __init__(self, var: Path, *, database_url: str = "", redis_url: str = ""):
        self.var = var
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.logs = var / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}},
            "DJANGO_SETTINGS_MODULE": "wps_portal.settings",
            "DOTENV": "",
            "SECRET_KEY": secrets.token_hex(32),
            "DEMONSTRATION": "true",
            "BASE_URL": self.base_url,
            "PORTAL_VAR": str(var),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PYTHONUNBUFFERED": "1",
        }
        if not database_url:
            del self.environment["DATABASE_URL"]

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed. Raises AssertionError with its words."""
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if result.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}: {result.stdout}\n{result.stderr}")
        return result.stdout

    @contextlib.contextmanager
    def process(self, name: str, *command: str, **environment: str) -> Iterator[subprocess.Popen]:
        """Run a long-lived process in a group of its own, so that its children end with it."""
        with (self.logs / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env={**self.environment, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                yield process
            finally:
                end_group(process)

    @contextlib.contextmanager
    def web(self, workers: int = 2) -> Iterator[subprocess.Popen]:
        """gunicorn with so many workers; returns when it answers."""
        with self.process(
            "web",
            "gunicorn",
            "--config",
            "wps_portal/gunicorn.py",
            "wps_portal.wsgi:application",
            BIND=f"127.0.0.1:{self.port}",
            WEB_CONCURRENCY=str(workers),
        ) as process:
            self.wait_until_alive(process)
            yield process

    def worker(self, name: str = "worker"):
        return self.process(
            name,
            "celery",
            "-A",
            "wps_portal",
            "worker",
            "--concurrency",
            "1",
            "--loglevel",
            "INFO",
            "-n",
            f"{name}@%h",
        )

    def beat(self):
        return self.process("beat", "celery", "-A", "wps_portal", "beat", "--loglevel", "INFO")

    def wait_until_alive(self, process: subprocess.Popen, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if process.poll() is not None:
                break
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.base_url}/healthz", timeout=2).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"the web process did not start:\n{(self.logs / 'web.log').read_text()[-3000:]}")


def open_days() -> list[str]:
    """Options for `open_round` that keep the round's deadlines ahead, whatever the day is on which the tests run."""
    steps = {"missions": 10, "ministries": 20, "clearance": 30, "publication": 40}
    day = datetime.datetime.now(OSLO).date()
    return [f"--{step}-due-on={day + datetime.timedelta(days=days)}" for step, days in steps.items()]


@contextlib.contextmanager
def postgres_database(server_url: str) -> Iterator[str]:
    """A new, empty database on the server of `server_url`; dropped at the end. Yields its DATABASE_URL."""
    name = f"wps_walk_{secrets.token_hex(6)}"
    parts = urlsplit(server_url)
    connection = psycopg2.connect(parts._replace(path="/postgres").geturl())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    finally:
        connection.close()


def redis_database(server_url: str, number: int) -> str:
    """The address of a database of its own on the same Redis, emptied: queues of two tests must not meet."""
    url = urlsplit(server_url)._replace(path=f"/{number}").geturl()
    with redis.Redis.from_url(url, socket_timeout=5) as connection:
        connection.flushdb()
    return url


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def end_group(process: subprocess.Popen, seconds: float = 25) -> None:
    """Ask the group to stop, then make it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
