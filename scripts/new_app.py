"""Scaffolds an app with its rooms and a working example in them: ``make new-app NAME=trade/catalog``.

The example is one record with its list, its page, a service that may refuse, a fact, rights, makers of data and tests.
Rename ``Entry`` to what the app is about, and throw away what it does not need.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).resolve().parent / "new_app_rooms"
GROUPS = ("base", "support", "engage", "learn", "trade", "bridges")


@dataclass(frozen=True)
class NewApp:
    """``trade/catalog`` as the names that the code needs."""

    group: str
    label: str

    @property
    def package(self) -> str:
        return f"deskhand.{self.group}.{self.label}"

    @property
    def folder(self) -> Path:
        return ROOT / "src" / "deskhand" / self.group / self.label

    @property
    def words(self) -> dict[str, str]:
        title = self.label.replace("_", " ").capitalize()
        class_name = "".join(part.capitalize() for part in self.label.split("_"))
        return {"package": self.package, "label": self.label, "title": title, "class_name": class_name}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make new-app", description=__doc__)
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="group/app, such as trade/catalog")
    app = parse(parser.parse_args().name)
    write_rooms(app)
    register(app)
    run("-m", "ruff", "format", "--quiet", str(app.folder))
    run("-m", "ruff", "check", "--quiet", "--fix", str(app.folder))
    run("-m", "deskhand.config.cli", "manage", "makemigrations", app.label, "--verbosity", "0")
    print(f"{app.folder.relative_to(ROOT)} is there, registered and has its tests:\n")
    print(f"  .venv/bin/pytest {app.folder.relative_to(ROOT)}\n\nRename Entry to what the app is about.")
    return 0


def parse(name: str) -> NewApp:
    """The app that is asked for, or a sentence and the end."""
    found = re.fullmatch(r"([a-z]+)/([a-z][a-z0-9_]*)", name)
    if not found:
        sys.exit("Say which app: make new-app NAME=group/app, in small letters, such as NAME=trade/catalog.")
    app = NewApp(*found.groups())
    if app.group not in GROUPS:
        sys.exit(
            f"There is no group {app.group}. Groups are {', '.join(GROUPS)}; docs/architecture.md says which is which."
        )
    if app.folder.exists():
        sys.exit(f"{app.folder.relative_to(ROOT)} is there already.")
    if any(path.name == app.label for path in (ROOT / "src/deskhand").glob("*/*") if path.is_dir()):
        sys.exit(f"Another app is called {app.label} already; Django needs a name of its own for each.")
    return app


def write_rooms(app: NewApp) -> None:
    group = app.folder.parent
    group.mkdir(exist_ok=True)
    if not (group / "__init__.py").exists():
        (group / "__init__.py").write_text(f'"""The apps of the group {app.group}."""\n')
    for template in sorted(TEMPLATES.rglob("*.txt")):
        room = app.folder / template.relative_to(TEMPLATES).with_suffix("")
        room.parent.mkdir(parents=True, exist_ok=True)
        room.write_text(Template(template.read_text()).substitute(app.words))
    (app.folder / "migrations").mkdir()
    (app.folder / "migrations" / "__init__.py").touch()


def register(app: NewApp) -> None:
    """In the settings and the routes; and where the contracts list apps in their order, as the highest of its group."""
    insert("src/deskhand/config/settings.py", '    "deskhand.home",\n', f'    "{app.package}",\n')
    routes = '    path("", include("deskhand.portal.pages.urls")),\n'
    path = app.label.replace("_", "-")
    insert("src/deskhand/config/pages.py", routes, f'    path("{path}/", include("{app.package}.pages.urls")),\n')
    order = re.search(rf'containers = \["deskhand\.{app.group}"\]\nexhaustive = true\n', pyproject())
    if order:
        insert("pyproject.toml", f"{order[0]}layers = [", f'"{app.label}", ', after=True)
    elif f'"deskhand.{app.group}.*"' not in pyproject():
        insert("pyproject.toml", '"deskhand.support.*"', f', "deskhand.{app.group}.*"', after=True)


def pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text()


def insert(file: str, landmark: str, text: str, *, after: bool = False) -> None:
    """Put a text before (or after) the first ``landmark`` of a file."""
    path = ROOT / file
    before = path.read_text()
    if landmark not in before:
        sys.exit(f"{file} does not look as expected: there is no {landmark.strip()!r}. Register the app by hand.")
    path.write_text(before.replace(landmark, landmark + text if after else text + landmark, 1))


def run(*words: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    if code := subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=False).returncode:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main())
