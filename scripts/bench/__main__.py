"""``make bench``: a fresh PostgreSQL database with load data, Deskhand as it runs in production, clients on loopback.

Everything is made for the run and removed after it. Figures belong into docs/performance.md, with machine and date.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from asking import REQUESTS, Site, measure, sign_in
from desk import Desk
from figures import Figure, print_environment, print_figures, print_memory, print_row_counts
from smtp import measure_smtp
from stores import Stores


def main() -> int:
    options = _options()
    print_environment()
    with Stores(options.postgres) as stores, tempfile.TemporaryDirectory(prefix="deskhand-bench-") as home:
        many = bool(stores.redis_url)
        processes, workers = (options.processes, options.workers) if many else (1, 1)
        desk = Desk(stores.environment(), Path(home), processes=processes, workers=workers)
        desk.command("migrate")
        desk.command("demo", "--scale", str(options.tickets))
        stores.settle()
        facts = desk.facts()
        with desk.running():
            figures = asyncio.run(_measure(desk, facts, options))
            memory = desk.memory()
    print_figures(figures)
    print_row_counts(facts["rows"])
    print_memory(memory)
    return 1 if any(figure.errors for figure in figures) else 0


async def _measure(desk: Desk, facts: dict, options: argparse.Namespace) -> list[Figure]:
    site = Site(port=desk.web_port, facts=facts)
    await sign_in(site)
    wanted = [request for request in REQUESTS if not options.only or request.name in options.only]
    figures = []
    for request in wanted:
        before = desk.cpu_seconds()
        figure = await measure(site, request, clients=options.clients, seconds=options.seconds)
        used = desk.cpu_seconds()
        figure.queries = facts["queries"].get(request.name)
        figure.web_ms = (used["web"] - before["web"]) * 1000 / max(figure.asked, 1)
        figure.database_ms = (used["database"] - before["database"]) * 1000 / max(figure.asked, 1)
        figures.append(figure)
        rest = {name: (used[name] - before[name]) * 1000 / max(figure.asked, 1) for name in used}
        print(f"  {figure.in_short()}; CPU ms: " + ", ".join(f"{k} {v:.1f}" for k, v in rest.items()), file=sys.stderr)
        await desk.until_idle()
    if not options.only or "smtp" in options.only:
        figures += await measure_smtp(desk, clients=options.clients, mails=options.mails)
    return figures


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000, help="tickets in the database (%(default)s)")
    parser.add_argument("--clients", type=int, default=8, help="clients that keep their connection (%(default)s)")
    parser.add_argument("--seconds", type=float, default=10, help="how long each request is measured (%(default)s)")
    parser.add_argument("--mails", type=int, default=1_500, help="mails sent by SMTP (%(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="web processes, with Redis (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="workers, with Redis (%(default)s)")
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="NAME",
        help="only these: " + ", ".join([*(request.name for request in REQUESTS), "smtp"]),
    )
    parser.add_argument(
        "--postgres",
        default=os.environ.get("BENCH_POSTGRES_URL", ""),
        help="a PostgreSQL in which databases may be made (BENCH_POSTGRES_URL; the usual places are tried)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    if platform.system() != "Linux":
        sys.exit("The bench reads /proc, so it runs on Linux only.")
    sys.exit(main())
