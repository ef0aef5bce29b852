"""Watches over several web processes, and weighs next to nothing: the process of ``deskhand serve`` becomes this one.

``serve`` loads everything, forks the web processes, and then runs this module in its own place (``exec``): it keeps its
number, its children and the sockets, and gives back the memory that only they need. So it imports little.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time

from deskhand.config import exits

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: So many deaths within a minute: something is wrong that another start does not mend.
MOST_DEATHS = 5
_MINUTE = 60


def watch(members: dict[int, int], serve: list[str]) -> None:
    """Go on as the watcher. Only comes back by an error; signals to stop wait until it is there.

    ``members``: process → number of its listening socket. ``serve``: the words that start another one, but the socket.
    """
    for listener in members.values():
        os.set_inheritable(listener, True)
    words = [sys.executable, "-m", "deskhand.config.herd", json.dumps(list(members.items())), *serve]
    os.execv(sys.executable, words)  # noqa: S606 - our own command


class Herd:
    """Web processes, one for each listening socket. A dead one is replaced by another at its socket, which holds the
    connections that came meanwhile."""

    def __init__(self, members: dict[int, int], serve: list[str]) -> None:
        self._members = members
        self._serve = serve
        self._deaths: list[float] = []
        self._stopping = False

    def run(self) -> int:
        for number in STOP_SIGNALS:
            signal.signal(number, self._stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        code = exits.OK
        while self._members:
            code = self._wait_for_a_death() or code
        return code

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for member in self._members:
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGTERM)

    def _wait_for_a_death(self) -> int:
        member, status = os.waitpid(-1, 0)
        listener = self._members.pop(member, None)
        if listener is None or self._stopping:
            return exits.OK
        code = os.waitstatus_to_exitcode(status)
        now = time.monotonic()
        self._deaths = [moment for moment in self._deaths if moment > now - _MINUTE] + [now]
        if code in exits.LASTING or len(self._deaths) > MOST_DEATHS:
            self._stop()
            return code if code in exits.LASTING else exits.SOFTWARE
        self._replace(member, code, listener)
        return exits.OK

    def _replace(self, dead: int, code: int, listener: int) -> None:
        """Started from nothing: nothing is loaded here that it could share. It says in the log why it is there."""
        words = [sys.executable, "-m", "deskhand.config.cli", *self._serve, "--listener", str(listener)]
        environment = os.environ | {"DESKHAND_PARENT": str(os.getpid())}
        # A signal waits until the new process is on our list.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        if not self._stopping:
            descriptors = [(os.POSIX_SPAWN_CLOSE, other) for other in self._members.values() if other != listener]
            started = os.posix_spawn(
                sys.executable,
                [*words, "--in-place-of", f"{dead}:{code}"],
                environment,
                file_actions=descriptors,
                setsigmask=[],
            )
            self._members[started] = listener
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


if __name__ == "__main__":
    sys.exit(Herd({int(member): int(listener) for member, listener in json.loads(sys.argv[1])}, sys.argv[2:]).run())
