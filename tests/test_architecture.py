"""The contracts of the house (``lint-imports``) hold, and each of them can fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree as far as the contracts look at it."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "static")
    )
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path) -> tuple[int, str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(tree / "src"), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_contract_is_kept(copy: Path) -> None:
    code, said = lint(copy)

    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("kit/clock.py", "import deskhand.base.companies.public", "Floors"),
        ("base/companies/models.py", "import deskhand.base.contacts.public", "The order inside base"),
        ("support/closing/enums.py", "import deskhand.support.intake.public", "The order inside support"),
        ("support/tickets/models.py", "import deskhand.support.tickets.services.creating", "Rooms"),
        ("support/tickets/utils.py", "", "Rooms"),
        ("support/closing/enums.py", "import deskhand.support.teams.models", "Doors"),
        ("support/closing/enums.py", "import deskhand.support.teams.testing", "Doors"),
    ],
)
def test_a_contract_is_broken_by(copy: Path, module: str, statement: str, contract: str) -> None:
    with (copy / "src/deskhand" / module).open("a") as file:
        file.write(f"\n{statement}\n")

    code, said = lint(copy)

    assert code == 1
    assert re.search(rf"^{contract}.* BROKEN", said, re.MULTILINE), said
