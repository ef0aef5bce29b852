"""What happens, counted for monitoring. Nothing is counted, and nothing costs anything, until :func:`start` is called.

Processes of one kind keep their counts in files of one folder, which whoever is asked adds up: web processes are many,
and any of them is asked. No label names anybody.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

_FASTEST_TO_SLOWEST = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class _Figures:
    """The metrics of this process."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, Summary

        # Not in the registry of all: what is kept by this process is a part, and only the sum is shown.
        kept: Any = {"registry": CollectorRegistry()}
        self.requests = Histogram(
            "deskhand_request_seconds", "Answers, and how long they took.", ["method", "route", "status"],
            buckets=_FASTEST_TO_SLOWEST, **kept,
        )  # fmt: skip
        self.tasks = Summary("deskhand_task_seconds", "Tasks done, and how long they took.", ["task"], **kept)
        self.failures = Counter("deskhand_task_failures", "Tasks that ended by a mistake.", ["task"], **kept)
        self.mails = Counter("deskhand_mails", "Mails, by way (in, out) and outcome.", ["way", "outcome"], **kept)

    @cached_property
    def sockets(self) -> Any:
        """Made when the first is counted: of a process that has none, no sum shall say 0."""
        from prometheus_client import CollectorRegistry, Gauge

        return Gauge(
            "deskhand_live_sockets", "Open websockets.", multiprocess_mode="livesum", registry=CollectorRegistry()
        )


_figures: _Figures | None = None


def start(folder: Path) -> None:
    """Count from now on, in files of a folder; forks of this process too. Before anything else imports the library.

    What processes counted that have ended stays as long as another one of the folder runs, so that no sum goes down.
    """
    global _figures  # noqa: PLW0603  # one for each process, as the library's own
    folder.mkdir(parents=True, exist_ok=True)
    files = list(folder.glob("*.db"))
    if not any(_is_alive(file) for file in files):
        for file in files:
            file.unlink(missing_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    _figures = _Figures()


def text_of(folders: list[Path], more: Any = None) -> bytes:
    """What all processes of the folders counted, in the text that Prometheus reads; ``more`` is a collector."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    text = b""
    for folder in filter(Path.is_dir, folders):
        for file in folder.glob("gauge_live*.db"):
            if not _is_alive(file):
                file.unlink(missing_ok=True)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
        text += generate_latest(registry)
    if more is not None:
        registry = CollectorRegistry()
        registry.register(more)
        text += generate_latest(registry)
    return text


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    if _figures:
        _figures.requests.labels(method, route, str(status)).observe(seconds)


def count_task(name: str, seconds: float, *, failed: bool) -> None:
    if _figures:
        _figures.tasks.labels(name).observe(seconds)
        if failed:
            _figures.failures.labels(name).inc()


def count_mail(way: str, outcome: str) -> None:
    """``way``: in, out. ``outcome``: a word of a state."""
    if _figures:
        _figures.mails.labels(way, outcome).inc()


def count_socket(change: int) -> None:
    """One more is open (1), or one less (-1)."""
    if _figures:
        _figures.sockets.inc(change)


def _is_alive(file: Path) -> bool:
    """Whether the process that keeps a file runs; its number is the end of the name."""
    number = file.stem.rpartition("_")[2]
    with suppress(ValueError, ProcessLookupError):
        try:
            os.kill(int(number), 0)
        except PermissionError:
            return True
        return True
    return False
