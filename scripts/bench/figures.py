"""What came out, as tables for the terminal and for docs/performance.md."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk import Memory


@dataclass
class Figure:
    """One measured request. ``latencies`` in seconds; ``errors``: answers that were not what was asked for."""

    name: str
    seconds: float
    count: int = 0
    #: All that were sent, those of the warm-up included.
    asked: int = 0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    queries: int | None = None
    #: Processor milliseconds for each answer: of the web processes, of the database.
    web_ms: float | None = None
    database_ms: float | None = None

    @property
    def rate(self) -> float:
        return self.count / self.seconds if self.seconds else 0

    def percentile(self, share: float) -> float | None:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else None

    def in_short(self) -> str:
        return f"{self.name}: {self.rate:.1f}/s, errors: {self.errors}"


def print_environment() -> None:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {model}, {os.cpu_count()} CPUs · Python {platform.python_version()}"
        f" · load before: {load}",
    )
    sys.stdout.flush()


def print_figures(figures: list[Figure]) -> None:
    print(
        "\n| request | per second | p50 ms | p95 ms | web CPU ms | database CPU ms | queries | errors |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|"
    )
    for figure in figures:
        middle, slow = figure.percentile(0.5), figure.percentile(0.95)
        cells = [
            figure.name,
            f"{figure.rate:.1f}",
            *(_rounded(value) for value in (middle, slow, figure.web_ms, figure.database_ms)),
            "" if figure.queries is None else str(figure.queries),
            str(figure.errors),
        ]
        print(f"| {' | '.join(cells)} |")


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def print_row_counts(rows: dict[str, list[int]]) -> None:
    print("\n| page | queries with 1 row | with 100 rows |\n|---|--:|--:|")
    for name, (one, hundred) in rows.items():
        print(f"| {name} | {one} | {hundred} |")


def print_memory(memory: list[Memory]) -> None:
    print("\n| command | processes | RSS MB | PSS MB |\n|---|--:|--:|--:|")
    for one in memory:
        print(f"| {one.name} | {one.processes} | {one.rss:.0f} | {one.pss:.0f} |")
    wanted = [one for one in memory if one.name != "mail"]
    print(f"| web and workers | | {sum(one.rss for one in wanted):.0f} | {sum(one.pss for one in wanted):.0f} |")
