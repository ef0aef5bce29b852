"""``/healthz`` and ``/readyz``: for what watches over the server, not for people. Nothing secret stands in them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

#: A worker says every ten seconds that it is there.
_LONGEST_SILENCE = 60
_SEEN = "worker.seen"
_AWAY = "does not answer"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process and the database answer: 200, else 503. One query."""
    del request
    return _answer({"database": _database()})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether all parts are there, and which is not: database, its tables, the queue, a worker. Two queries."""
    del request
    parts = {"database": _database()}
    parts["tables"] = _or_away(_tables) if parts["database"] == "ok" else "unknown"
    parts["queue"] = _or_away(_queue)
    parts["worker"] = _or_away(_worker) if parts["queue"] == "ok" else "unknown"
    return _answer(parts)


def say_worker_is_here() -> None:
    """A worker's sign of life, where all processes that share its queue find it."""
    from deskhand.kit.queue import queue

    queue.storage.put_data(_SEEN, repr(time.time()).encode())


def seconds_since_worker() -> float | None:
    """None: none has been seen."""
    from deskhand.kit.queue import queue

    found = queue.storage.peek_data(_SEEN)
    return max(0.0, time.time() - float(found)) if isinstance(found, bytes) else None


def _answer(parts: dict[str, str]) -> HttpResponse:
    ok = all(said == "ok" for said in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _AWAY
    return "ok"


def _or_away(look: Callable[[], str]) -> str:
    """Whatever goes wrong with a part, it is the part that is not ready."""
    try:
        return look()
    except Exception:  # noqa: BLE001  # of Redis, of SQLite, of the network
        return _AWAY


def _tables() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        missing = _migrations().difference(cursor.fetchall())
    return "ok" if not missing else f"{len(missing)} migrations are missing"


@lru_cache(maxsize=1)
def _migrations() -> frozenset[tuple[str, str]]:
    """By their files' names: to import them takes memory that no page needs."""
    folders = ((config.label, Path(config.path) / "migrations") for config in apps.get_app_configs())
    return frozenset((label, file.stem) for label, folder in folders for file in folder.glob("[0-9]*.py"))


def _queue() -> str:
    seconds_since_worker()
    return "ok"


def _worker() -> str:
    silence = seconds_since_worker()
    if silence is None:
        return "has not been seen"
    return "ok" if silence < _LONGEST_SILENCE else f"was last seen {silence:.0f} s ago"
