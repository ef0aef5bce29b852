"""``make new-app``: what it makes passes every check, as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TREE = ("src", "scripts", "conftest.py", "pyproject.toml", "requirements")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, with what mypy remembers of it, so that it looks at the new app only."""
    tree = tmp_path_factory.mktemp("tree")
    for name in TREE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(ROOT / name, tree)
    return tree


@pytest.fixture(scope="module", params=["trade/catalog", "support/field_notes"])
def package(request: pytest.FixtureRequest, copy: Path) -> str:
    """The folder of a new app: one in a group that is new too, one in a group whose apps have an order."""
    done = call(copy, sys.executable, "scripts/new_app.py", request.param)
    assert done.returncode == 0, done.stdout + done.stderr
    return f"src/deskhand/{request.param}"


def call(tree: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(tree / "src"), "DESKHAND_HOME": str(tree / "data"), "COLUMNS": "200"}
    for of_this_run in (
        "PYTEST_XDIST_WORKER",
        "PYTEST_CURRENT_TEST",
        "DJANGO_SETTINGS_MODULE",
        "DATABASE_URL",
        "REDIS_URL",
    ):
        environment.pop(of_this_run, None)
    return subprocess.run(words, cwd=tree, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "check",
    [
        ["ruff", "check", "PACKAGE"],
        ["ruff", "format", "--check", "PACKAGE"],
        ["lint-imports", "--no-cache"],
        ["deskhand", "manage", "makemigrations", "--check", "--dry-run"],
        ["pytest", "-q", "PACKAGE"],
    ],
    ids=lambda check: " ".join(check[:2]),
)
def test_a_new_app_passes(check: list[str], copy: Path, package: str) -> None:
    command = [word.replace("PACKAGE", package) for word in check]
    program = [sys.executable, "-m", "deskhand.config.cli"] if command[0] == "deskhand" else [BIN / command[0]]

    done = call(copy, *program, *command[1:])

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_app_is_typed(copy: Path, package: str) -> None:
    module = package.removeprefix("src/").replace("/", ".")

    done = call(copy, BIN / "mypy", "--follow-imports=silent", "--package", module)

    assert done.returncode == 0, done.stdout + done.stderr


def test_complete_screens_take_less_than_sixty_lines() -> None:
    """FOUND-4; CONTRIBUTING gives the number."""
    lines = len((ROOT / "scripts/new_app_rooms/pages/screens.py.txt").read_text().splitlines())

    assert lines < 60
    assert f"which `make new-app` writes, has {lines}." in (ROOT / "CONTRIBUTING.md").read_text()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Say which app"),
        ("Trade/Catalog", "Say which app"),
        ("cellar/catalog", "There is no group cellar"),
        ("support/tickets", "is there already"),
        ("trade/tickets", "Another app is called tickets already"),
    ],
)
def test_an_impossible_name_is_refused_with_a_sentence(copy: Path, name: str, sentence: str) -> None:
    done = call(copy, sys.executable, "scripts/new_app.py", *([name] if name else []))

    assert done.returncode == 1
    assert sentence in done.stderr
