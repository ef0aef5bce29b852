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
    settings = {"DESKHAND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deskhand.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_worker_loads_neither_the_api_nor_what_is_rare(tmp_path):
    assert loaded_by("from deskhand.config import worker; worker.load()", API | RARE, tmp_path) == set()


def test_a_web_process_loads_neither_before_somebody_asks_for_it(tmp_path):
    statement = (
        "from deskhand.config import server; server.load(access_log=False); from django.urls import reverse; "
        "reverse('home:start')"
    )

    assert loaded_by(statement, API | RARE, tmp_path) == set()
    assert loaded_by(f"{statement}; reverse('api:tickets-list')", API | RARE, tmp_path) == API


def test_who_watches_over_web_processes_loads_next_to_nothing(tmp_path):
    assert loaded_by("from deskhand.config import herd", HEAVY, tmp_path) <= {"typing", "re"}
