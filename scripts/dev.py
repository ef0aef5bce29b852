"""Deskhand for those who change it: builds styles and scripts as they are saved, and starts Deskhand again when its
Python, its translations or its built front end changed. ``make dev`` runs it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DESKHAND = Path(sys.executable).parent / "deskhand"
WATCHED = ("src/**/*.py", "src/**/*.po", "src/deskhand/static/build/manifest.json")
LOOK_EVERY_SECONDS = 0.5


def main() -> int:
    environment = os.environ | {"DEBUG": "1"}
    subprocess.run([sys.executable, ROOT / "scripts/frontend.py", "build"], check=True)
    subprocess.run([DESKHAND, "migrate"], env=environment, check=True)
    subprocess.run([DESKHAND, "demo", "--if-empty"], env=environment, check=True)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    npm = [
        sys.executable,
        ROOT / "scripts/frontend.py",
        "npm",
        "run",
        "--silent",
        "build",
        "--",
        "--watch",
        "--logLevel",
        "warn",
    ]
    builder = subprocess.Popen(npm, start_new_session=True)
    try:
        while not stop.is_set():
            run_until_change(stop, environment)
    finally:
        os.killpg(builder.pid, signal.SIGTERM)
        builder.wait()
    return 0


def run_until_change(stop: threading.Event, environment: dict[str, str]) -> None:
    before = newest_change()
    subprocess.run([sys.executable, ROOT / "scripts/languages.py", "compile"], check=False)
    desk = subprocess.Popen([DESKHAND, "run"], env=environment, start_new_session=True)
    try:
        while not stop.wait(LOOK_EVERY_SECONDS) and newest_change() == before:
            if desk.poll() is not None:
                print("Deskhand ended; it starts again at the next change.", flush=True)
                wait_for_change(stop, before)
                return
    finally:
        desk.terminate()
        desk.wait()


def wait_for_change(stop: threading.Event, before: float) -> None:
    while not stop.wait(LOOK_EVERY_SECONDS) and newest_change() == before:
        pass
    time.sleep(LOOK_EVERY_SECONDS)  # editors write in several steps


def newest_change() -> float:
    return max((path.stat().st_mtime for pattern in WATCHED for path in ROOT.glob(pattern)), default=0.0)


if __name__ == "__main__":
    sys.exit(main())
