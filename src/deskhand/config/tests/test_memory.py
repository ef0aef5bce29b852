"""What each process does not load, because it is never asked for it. Measured figures are in docs/performance.md."""

from __future__ import annotations

import os
import subprocess
import sys

#: Of the REST API.
API = {"ninja", "pydantic", "pydantic_core", "deskhand.kit.api.door"}
#: Of second factors, spreadsheets, similarity, public holidays: rare in any process.
RARE = {"fido2", "cryptography.hazmat.bindings._rust", "openpyxl", "xlsxwriter", "rapidfuzz", "holidays"}
#: Too much for a process that only watches over others.
HEAVY = {"django", "logging", "re", "typing", "socket", "asyncio", "argparse"}


def loaded_by(statement: str, modules: set[str], home: object) -> set[str]:
    """Which of the modules a fresh process has loaded after a statement."""
    asked = f"{statement}; import sys; print(*[name for name in {sorted(modules)} if name in sys.modules])"
    return set(printed_by(asked, home))


def printed_by(statement: str, home: object) -> list[str]:
    settings = {"DESKHAND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deskhand.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", statement], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_a_worker_loads_neither_the_api_nor_what_is_rare(tmp_path):
    assert loaded_by("from deskhand.config import worker; worker.load()", API | RARE, tmp_path) == set()


_SERVED = "from deskhand.config import server; server.load(access_log=False); from django.urls import resolve, reverse"


def test_a_web_process_loads_neither_before_somebody_asks_for_it(tmp_path):
    assert loaded_by(f"{_SERVED}; reverse('home:start')", API | RARE, tmp_path) == set()
    assert loaded_by(f"{_SERVED}; resolve('/api/v1/tickets')", API | RARE, tmp_path) == API


def test_a_call_of_the_api_makes_its_part_alone_and_so_does_a_link_of_a_page(tmp_path):
    made = "from deskhand.config.api import api; print(*api._made)"

    assert printed_by(f"{_SERVED}; resolve('/api/v1/tickets/42'); reverse('home:start'); {made}", tmp_path) == [
        "tickets"
    ]
    assert printed_by(f"{_SERVED}; resolve('/api/v1/tags'); {made}", tmp_path) == ["tags"]


def test_who_watches_over_web_processes_loads_next_to_nothing(tmp_path):
    assert loaded_by("from deskhand.config import herd", HEAVY, tmp_path) <= {"typing", "re"}
