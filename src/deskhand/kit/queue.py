"""The queue behind the tasks: an SQLite file, or Redis where it is configured.

It holds wake-up calls only, made by ``@after`` listeners once their fact is committed: what must not be lost is a row
(:mod:`deskhand.kit.work`), swept up periodically.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from threading import Event, Lock
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from huey import RedisHuey, SqliteHuey
from redis import ConnectionPool

#: A page does not wait longer than this for a queue that is away, in seconds. The consumer's own wait is shorter.
_PATIENCE = 3


def _make_queue() -> Any:
    if settings.REDIS_URL:
        pool = ConnectionPool.from_url(settings.REDIS_URL, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE)
        return RedisHuey("deskhand", connection_pool=pool, results=False)
    settings.QUEUE_FILE.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("deskhand", filename=str(settings.QUEUE_FILE), results=False, fsync=False, timeout=20)


queue = _make_queue()
task = queue.task
periodic_task = queue.periodic_task


class WakeUp:
    """A task that does whatever waits, so that one call in the queue is as good as many.

    However often it is called, one call lies in the queue until a worker takes it. A worker process does the work in
    one thread at a time, and once more if it was called meanwhile. ``rest`` are seconds from the end of the work to the
    next beginning of it in the process: the first call is answered at once, and where many come they are done together.
    ``call_local`` does the work here and now.
    """

    def __init__(self, work: Callable[[], None], *, rest: float = 0) -> None:
        update_wrapper(self, work)
        self.call_local = work
        self._mark = f"called.{work.__module__}.{work.__name__}"
        self._enqueue = task(name=work.__name__)(self._take_up)
        self._is_wanted, self._is_running = Event(), Lock()
        self._rest, self._rested_at = rest, 0.0

    def __call__(self) -> None:
        if queue.put_if_empty(self._mark, data=True):
            self._enqueue()

    def again(self) -> None:
        """Call it even if a call seems to lie in the queue: that one may be lost, with a worker that died."""
        queue.delete(self._mark)
        self()

    def _take_up(self) -> None:
        queue.delete(self._mark)  # before the work: who calls from now on may have something that it does not see
        self._is_wanted.set()
        while self._is_wanted.is_set() and self._is_running.acquire(blocking=False):
            try:
                sleep(max(0, self._rested_at - monotonic()))
                self._is_wanted.clear()
                self.call_local()
            finally:
                self._rested_at = monotonic() + self._rest
                self._is_running.release()


def wake_up(*, rest: float = 0) -> Callable[[Callable[[], None]], WakeUp]:
    """Makes a :class:`WakeUp` of a function."""
    return partial(WakeUp, rest=rest)
