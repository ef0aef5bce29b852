"""``deskhand run``: serve, worker and mail-listen as one; for a small company, one terminal is all there is to watch.

Imports nothing of Django: what watches over the others should cost next to nothing.
"""

from __future__ import annotations

import argparse
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from deskhand.config import env, exits
from deskhand.config.processes import PARENT

EPILOG = "Ctrl+C or SIGTERM ends all of it."
_DESKHAND = (sys.executable, "-m", "deskhand.config.cli")
_GRACE_SECONDS = 8
#: Who lived that long started well; its next end is not held against it.
_LIVED_WELL_SECONDS = 10
_LONGEST_WAIT_SECONDS = 30
_MOST_FAILED_STARTS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=env.text("WEB_HOST", "127.0.0.1"), help="address of the pages (%(default)s)")
    parser.add_argument("--port", type=int, default=env.number("PORT", 8000), help="port of the pages (%(default)s)")
    parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")


def run(options: argparse.Namespace) -> int:
    if options.migrate and (code := subprocess.call([*_DESKHAND, "migrate"])):  # noqa: S603 - our own command
        return code
    web = ["serve", "--host", options.host, "--port", str(options.port)]
    return Supervisor([Child("web", web), Child("worker", ["worker"]), Child("mail", ["mail-listen"])]).run()


@dataclass
class Child:
    """One of the commands, and how often it has failed to start in a row. ``due_at``: when to start it (monotonic)."""

    name: str
    command: list[str]
    failed_starts: int = 0
    due_at: float | None = None
    started_at: float = 0.0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        """In a session of its own: Ctrl+C reaches the supervisor, which ends its children in order."""
        self.due_at = None
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [*_DESKHAND, *self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            env=os.environ | {PARENT: str(os.getpid()), "PYTHONUNBUFFERED": "1"},
        )

    def retry_later(self) -> float:
        """Note a failed start; answers how many seconds to wait before the next."""
        lived = time.monotonic() - self.started_at
        self.failed_starts = 1 if lived > _LIVED_WELL_SECONDS else self.failed_starts + 1
        wait = min(2.0 ** (self.failed_starts - 1), _LONGEST_WAIT_SECONDS)
        self.due_at = time.monotonic() + wait
        return wait


class Supervisor:
    """Keeps its children running until it is told to stop, or until one of them cannot start."""

    def __init__(self, children: list[Child]) -> None:
        self._children = children
        self._width = max(len(child.name) for child in children)
        # A SimpleQueue may be filled from a signal handler; a Queue may not.
        self._ended: queue.SimpleQueue[Child | None] = queue.SimpleQueue()

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._ended.put(None))
        self._say("run", "Everything starts. Ctrl+C ends it.")
        for child in self._children:
            self._start(child)
        try:
            return self._watch()
        finally:
            self._stop_all()
            self._say("run", "Everything has ended.")

    def _watch(self) -> int:
        while True:
            try:
                ended = self._ended.get(timeout=self._until_next_start())
            except queue.Empty:
                self._start_due()
                continue
            if ended is None:
                return exits.OK
            if code := self._after_end(ended):
                return code

    def _until_next_start(self) -> float | None:
        moments = [child.due_at for child in self._children if child.due_at is not None]
        return max(min(moments) - time.monotonic(), 0.01) if moments else None

    def _start_due(self) -> None:
        for child in self._children:
            if child.due_at is not None and child.due_at <= time.monotonic():
                self._start(child)

    def _after_end(self, child: Child) -> int:
        """Start a child that ended again, or answer the code to stop with."""
        code = child.process.wait() if child.process else exits.SOFTWARE
        if code in exits.LASTING:
            self._say(child.name, "cannot start; everything stops.")
            return code
        wait = child.retry_later()
        if child.failed_starts >= _MOST_FAILED_STARTS and code != exits.TEMPORARY:
            self._say(child.name, f"did not start {child.failed_starts} times in a row; everything stops.")
            return code if code > 0 else exits.SOFTWARE
        self._say(child.name, f"ended unexpectedly ({code}); starts again in {wait:.0f} s.")
        return 0

    def _start(self, child: Child) -> None:
        child.start()
        threading.Thread(target=self._pass_on_output, args=(child,), daemon=True).start()

    def _pass_on_output(self, child: Child) -> None:
        assert child.process is not None  # noqa: S101 - for the type checker
        assert child.process.stdout is not None  # noqa: S101
        for line in child.process.stdout:
            self._say(child.name, line.rstrip())
        self._ended.put(child)

    def _say(self, name: str, line: str) -> None:
        print(f"{name:<{self._width}} | {line}", flush=True)

    def _stop_all(self) -> None:
        running = [child.process for child in self._children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
