"""The queue behind the tasks: an SQLite file, or Redis where it is configured.

It holds wake-up calls only, made by ``@after`` listeners once their fact is committed: what must not be lost is a row
(:mod:`deskhand.kit.work`), swept up periodically.
"""

from __future__ import annotations

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
