"""Where the tests find Redis, and keys of their own in it."""

import os
import socket
import threading
import uuid
from contextlib import contextmanager

import redis

DATABASE = 13


def broker_url() -> str:
    """The server that REDIS_URL names, else the local one, with a database of the tests' own."""
    server = (os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0").rsplit("/", 1)[0]
    return f"{server}/{DATABASE}"


def why_unreachable() -> str | None:
    """None when Redis answers, else the reason."""
    try:
        client().ping()
    except (redis.RedisError, OSError) as error:
        return f"no Redis at {broker_url()}: {error}"
    return None


def client() -> redis.Redis:
    return redis.Redis.from_url(broker_url(), socket_timeout=2, socket_connect_timeout=2)


def new_prefix() -> str:
    """Two runs of the tests on one machine do not see each other's tasks."""
    return f"wps-portal-test-{uuid.uuid4().hex[:12]}:"


def flush(prefix: str) -> int:
    """Take away every key of this run, as a Redis restarted without its file would."""
    keys = list(client().scan_iter(match=f"{prefix}*"))
    return client().delete(*keys) if keys else 0


@contextmanager
def silent_server():
    """The address of a server that accepts and never answers, as Redis does when it hangs."""
    kept = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    kept.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        server.shutdown(socket.SHUT_RDWR)
    for connection in kept:
        connection.close()
