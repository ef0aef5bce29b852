"""The stores of a run: a database in a PostgreSQL that is there, a Redis of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

import psycopg

_USUAL_PLACES = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1/postgres")


class Stores:
    """Made on entering, gone on leaving."""

    def __init__(self, postgres: str) -> None:
        self._admin_url = next((url for url in ([postgres] if postgres else _USUAL_PLACES) if _answers(url)), "")
        if not self._admin_url:
            sys.exit("PostgreSQL does not answer. Start it, or name one with --postgres or BENCH_POSTGRES_URL.")
        self.name = f"deskhand_bench_{os.getpid()}"
        self._redis: subprocess.Popen[bytes] | None = None
        self.redis_url = ""

    @property
    def database_url(self) -> str:
        return f"{self._admin_url.rpartition('/')[0]}/{self.name}"

    def environment(self) -> dict[str, str]:
        """What Deskhand needs to find them."""
        found = {"DATABASE_URL": self.database_url}
        return found | {"REDIS_URL": self.redis_url} if self.redis_url else found

    def __enter__(self) -> Self:
        self._execute(f'CREATE DATABASE "{self.name}"')
        self._start_redis()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._redis:
            self._redis.send_signal(signal.SIGTERM)
            self._redis.wait()
        self._execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def settle(self) -> None:
        """Let the database know its data as one that has run for a while does, instead of in the midst of measuring."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement)

    def _start_redis(self) -> None:
        server = shutil.which("redis-server")
        if not server:
            print("There is no redis-server here: one web process is measured.", file=sys.stderr)
            return
        port = free_port()
        self._redis = subprocess.Popen(
            [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
        )
        wait_for_port(port)
        self.redis_url = f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, *, seconds: float = 30) -> None:
    """Until somebody listens there; ends the run if nobody does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"Nothing listens on port {port} after {seconds:.0f} s.")


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True
