"""Pieces of Python that run with a desk's settings and database, without waiting for Deskhand to be loaded each time.

Run as a program it loads Deskhand once, and gives each piece a process of its own, a copy of itself: none sees what
another one left behind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from typing import IO


class Shell:
    """One such program. ``environment``: the settings of the desk."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, source: str) -> str:
        """What a piece of Python prints.

        :raises AssertionError: it failed; the sentence has what it said.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(source), file=self._process.stdin, flush=True)
        code, said = json.loads(self._process.stdout.readline())
        if code:
            raise AssertionError(f"A piece of Python failed ({code}):\n{source}\n{said}")
        return str(said)

    def stop(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def _serve(orders: IO[str], answers: IO[str]) -> None:
    import django

    django.setup()
    for order in orders:
        with tempfile.TemporaryFile() as heard:
            child = os.fork()
            if not child:
                _run_alone(json.loads(order), heard)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            heard.seek(0)
            print(json.dumps([code, heard.read().decode()]), file=answers, flush=True)


def _run_alone(source: str, heard: IO[bytes]) -> None:
    """In the copy: run the piece, what it prints goes to ``heard``; does not return."""
    os.dup2(heard.fileno(), sys.stdout.fileno())
    os.dup2(heard.fileno(), sys.stderr.fileno())
    try:
        exec(source, {"__name__": "__main__"})
    except BaseException:  # noqa: BLE001 - whatever it was, the desk that asked says it
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "deskhand.config.settings"
    _serve(sys.stdin, os.fdopen(os.dup(sys.stdout.fileno()), "w"))
