"""Memory of processes and of all they started: ``scripts/memory.py PID …``. Linux only.

RSS counts shared pages in every process, PSS a share of them in each: the sum of PSS is what the machine gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def main() -> int:
    if missing := [pid for pid in sys.argv[1:] if not (PROC / pid).is_dir()]:
        sys.exit(f"There is no process {', '.join(missing)}.")
    total_rss = total_pss = 0.0
    for pid in family(sys.argv[1:]):
        rss, pss = memory_of(pid)
        total_rss, total_pss = total_rss + rss, total_pss + pss
        print(f"{pid:>8}  RSS {rss:6.1f} MB  PSS {pss:6.1f} MB  {command_of(pid)}")
    print(f"{'together':>8}  RSS {total_rss:6.1f} MB  PSS {total_pss:6.1f} MB")
    return 0


def family(pids: list[str]) -> Iterator[str]:
    for pid in pids:
        yield pid
        children = (task / "children" for task in (PROC / pid / "task").iterdir())
        yield from family([child for listed in children for child in listed.read_text().split()])


def memory_of(pid: str) -> tuple[float, float]:
    """RSS and PSS in megabytes."""
    lines = (line.split() for line in (PROC / pid / "smaps_rollup").read_text().splitlines())
    sizes = {words[0]: int(words[1]) / 1024 for words in lines if words[0] in {"Rss:", "Pss:"}}
    return sizes["Rss:"], sizes["Pss:"]


def command_of(pid: str) -> str:
    return (PROC / pid / "cmdline").read_text().replace("\0", " ").strip()


if __name__ == "__main__":
    sys.exit(main())
