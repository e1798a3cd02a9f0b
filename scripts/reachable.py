"""Say whether PostgreSQL and Redis answer: `reachable.py DATABASE_URL REDIS_URL`.

Exits 0 when both do; else prints the first that does not, without its password, and exits 1.
"""

import sys
from urllib.parse import urlsplit

import environ
import psycopg2
import redis


def postgres_problem(url: str) -> str:
    """What keeps us from the server, or nothing. The database of the URL need not exist: the tests make their own."""
    if not url.startswith(("postgres://", "postgresql://")):
        return "DATABASE_URL names no PostgreSQL"
    settings = environ.Env.db_url_config(url)
    try:
        psycopg2.connect(
            host=settings["HOST"],
            port=settings["PORT"] or 5432,
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname="postgres",
            connect_timeout=3,
        ).close()
    except psycopg2.Error as error:
        return f"PostgreSQL at {settings['HOST']}:{settings['PORT'] or 5432}: {str(error).strip().splitlines()[0]}"
    return ""


def redis_problem(url: str) -> str:
    """What keeps us from Redis, or nothing."""
    try:
        redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3).ping()
    except (redis.RedisError, ValueError) as error:
        where = urlsplit(url)
        return f"Redis at {where.hostname}:{where.port or 6379}: {error}"
    return ""


if __name__ == "__main__":
    problem = postgres_problem(sys.argv[1]) or redis_problem(sys.argv[2])
    if problem:
        print(problem)
        sys.exit(1)
