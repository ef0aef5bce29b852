"""What the long-running commands share: ending with their parent, looking at the database before they start."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys

from deskhand.config import exits
from deskhand.config.exits import Stop

logger = logging.getLogger(__name__)
#: Set by a supervisor for its children.
PARENT = "DESKHAND_PARENT"
_PR_SET_PDEATHSIG = 1


#: Of glibc's malloc: see mallopt(3).
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024


def give_memory_back() -> None:
    """Let what is freed go back to the system, and threads share one heap: 4 MB less in each process under load.

    Before the first thread. Python takes one thread at a time anyway. Where malloc is another one, nothing happens.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        for name, value in ((_M_ARENA_MAX, 1), (_M_TRIM_THRESHOLD, _LARGE), (_M_MMAP_THRESHOLD, _LARGE)):
            libc.mallopt(name, value)


def trim_memory() -> None:
    """Give back what was needed only to load."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def end_with_parent(parent: int) -> None:
    """Be told to stop when the process that started us dies, however it dies. Linux only; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGTERM)


def join_supervisor() -> None:
    """End with the process that says it watches over us, if one does."""
    if parent := os.environ.pop(PARENT, ""):
        end_with_parent(int(parent))


def require_migrated_database() -> None:
    """Refuse to start on a database that lacks migrations; one that is away may come back while we run.

    Looks in a child process: what it has to import (every migration) does not stay in our memory, and no connection
    is open when the server forks.

    :raises Stop: migrations are missing.
    """
    child = os.fork()
    if child == 0:
        os._exit(_look_at_database())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == exits.CONFIG:
        raise Stop("The database is not up to date. Run `deskhand migrate`, then start again.", exits.CONFIG)
    if code != exits.OK:
        logger.warning("The database does not answer. Everything that needs it waits until it is back.")


def _look_at_database() -> int:
    from django.db import Error

    from deskhand.config.checkup import missing_migrations

    try:
        return exits.CONFIG if missing_migrations() else exits.OK
    except Error:
        return exits.TEMPORARY
