"""Deskhand as it runs in production: web processes, worker and mail listener, each as its own command."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from stores import free_port, wait_for_port

_HERE = Path(__file__).resolve().parent
_PAUSE = 0.3
_WAITING = "SELECT count(*) FROM mail_{}mail WHERE state IN ('waiting', 'working')"
_TICKS = os.sysconf("SC_CLK_TCK")
_DESKHAND = [sys.executable, "-m", "deskhand.config.cli"]


@dataclass(frozen=True)
class Memory:
    """Of one command with its children, in megabytes. ``pss``: what is shared is divided among those who share it."""

    name: str
    processes: int
    rss: float
    pss: float


class Desk:
    """One Deskhand with its data in ``home``."""

    def __init__(self, stores: dict[str, str], home: Path, *, processes: int, workers: int) -> None:
        self.processes, self.workers = processes, workers
        self.web_port, self.mail_port = free_port(), free_port()
        self._database_url = stores["DATABASE_URL"]
        self._log = home / "log"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._environment = (
            os.environ
            | stores
            | {
                "DESKHAND_HOME": str(home),
                "SITE_URL": f"http://127.0.0.1:{self.web_port}",
                "LOG_LEVEL": "WARNING",
                "DEBUG": "0",
                "API_CALLS_PER_MINUTE": "1000000",
            }
        )

    def command(self, *words: str) -> None:
        """Run one command to its end; its output goes to the terminal."""
        begun_at = time.monotonic()
        subprocess.run([*_DESKHAND, *words], env=self._environment, check=True, stdout=subprocess.DEVNULL)
        print(f"  deskhand {' '.join(words)}: {time.monotonic() - begun_at:.1f} s", file=sys.stderr)

    def facts(self) -> dict:
        """What the clients have to know of the data, and how many queries each request takes."""
        path = os.pathsep.join(filter(None, [str(_HERE), os.environ.get("PYTHONPATH")]))
        answer = subprocess.run(
            [sys.executable, "-c", "import django; django.setup(); import facts; facts.main()"],
            env=self._environment | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "deskhand.config.settings"},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(answer.stdout)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Everything is up inside, and down after it."""
        with self._log.open("wb") as log:
            try:
                self._start("web", log, "serve", "--port", str(self.web_port), "--processes", str(self.processes))
                for number in range(1, self.workers + 1):
                    self._start(f"worker {number}", log, "worker")
                self._start("mail", log, "mail-listen", "--port", str(self.mail_port))
                wait_for_port(self.web_port)
                wait_for_port(self.mail_port)
                yield
            finally:
                self._stop()
                sys.stderr.write(self._log.read_text(errors="replace")[-4_000:])

    def count(self, query: str) -> int:
        """One number from the database."""
        with psycopg.connect(self._database_url, autocommit=True) as connection:
            row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0

    async def until_idle(self, *, seconds: float = 60) -> None:
        """Until no mail waits to be sent or read, so that one measurement does not pay for the one before."""
        for _ in range(int(seconds / _PAUSE)):
            if not any(self.count(_WAITING.format(way)) for way in ("outgoing", "incoming")):
                return
            await asyncio.sleep(_PAUSE)

    def cpu_seconds(self) -> dict[str, float]:
        """What each command with its children, and the database for it, has used of the processors so far."""
        used = {name: sum(_cpu_seconds(one) for one in _family(process.pid)) for name, process in self._running.items()}
        return used | {"database": sum(_cpu_seconds(pid) for pid in self._backends())}

    def _backends(self) -> list[int]:
        with psycopg.connect(self._database_url, autocommit=True) as connection:
            rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
        return [pid for (pid,) in rows]

    def memory(self) -> list[Memory]:
        """What each command with its children takes now."""
        return [_memory(name, process.pid) for name, process in self._running.items()]

    def _start(self, name: str, log: object, *words: str) -> None:
        self._running[name] = subprocess.Popen([*_DESKHAND, *words], env=self._environment, stdout=log, stderr=log)

    def _stop(self) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _memory(name: str, pid: int) -> Memory:
    family = _family(pid)
    figures = [_rollup(one) for one in family]
    return Memory(name, len(family), sum(rss for rss, _ in figures) / 1024, sum(pss for _, pss in figures) / 1024)


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _rollup(pid: int) -> tuple[int, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("Rss:", "Pss:"))}
    return found["Rss"], found["Pss"]


def _cpu_seconds(pid: int) -> float:
    """User and system time of one process; 0 if it has ended meanwhile."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS
