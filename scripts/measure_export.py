"""How long the export of a long list takes, and how much memory: ``scripts/measure_export.py --rows 100000``.

Makes a database of its own beside the one of ``DATABASE_URL`` (without it: SQLite), fills it with contacts, and asks
for the files as a page would. What is printed belongs into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from pathlib import Path

PROCESS = Path("/proc/self")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "static").mkdir()
        os.environ |= {"DESKHAND_HOME": home, "DJANGO_SETTINGS_MODULE": "deskhand.config.settings"}
        import django

        django.setup()
        _measure(options.rows)
    return 0


def _measure(count: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from deskhand.base.accounts.testing import make_agent

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    try:
        client = Client()
        client.force_login(make_agent())
        _fill(count)
        _ask(client, "csv", columns=["name"], label="", query="?q=nobody")  # what is loaded once is loaded
        _ask(client, "xlsx", columns=["name"], label="", query="?q=nobody")
        print(f"{connection.vendor}, {count} contacts")
        for kind in ("csv", "xlsx"):
            _ask(client, kind, columns=[], label=f"{kind}, all columns")
            shown = ["name", "parent__name", "email", "phone", "city", "country", "created_at"]
            _ask(client, kind, columns=shown, label=f"{kind}, columns of the list")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _fill(count: int) -> None:
    from deskhand.base.contacts.models import Contact

    firms = Contact.objects.bulk_create(Contact(name=f"Firm {n}", is_company=True) for n in range(100))
    for start in range(0, count, 2000):
        Contact.objects.bulk_create(
            Contact(
                name=f"Person {n:06d} Müller-Øvergård",
                parent=firms[n % 100],
                email=f"person{n}@customer{n % 100}.example",
                phone=f"+47 {n:08d}",
                street=f"Storgata {n % 300}",
                postal_code=f"{n % 10000:04d}",
                city="Trondheim",
                country="NO",
            )
            for n in range(start, min(start + 2000, count))
        )


def _ask(client: object, kind: str, *, columns: list[str], label: str, query: str = "?filter=people") -> None:
    (PROCESS / "clear_refs").write_text("5")  # the peak is counted from here on
    before, began, processor = _memory("VmRSS"), time.perf_counter(), time.process_time()
    posted = {"format": kind, "columns": columns} if columns else {"format": kind, "every_column": "1"}
    response = client.post(f"/contacts/export/{query}", posted)  # type: ignore[attr-defined]
    first, size = 0.0, 0
    for part in response.streaming_content:
        first = first or time.perf_counter() - began
        size += len(part)
    if label:
        took, worked = time.perf_counter() - began, time.process_time() - processor
        print(
            f"{label}: {took:.1f} s (processor {worked:.1f} s), first byte after {first:.2f} s, {size / 1e6:.1f} MB, "
            f"memory +{_memory('VmHWM') - before:.0f} MB of {before:.0f} MB"
        )


def _memory(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", (PROCESS / "status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
