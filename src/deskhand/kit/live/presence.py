"""Who looks at the same thing, and who writes: kept for seconds, in this process or in Redis for all of them.

A page says ``{"here": "ticket.42"}`` again and again; an entry that is not renewed is forgotten. Nothing depends on it:
a lost one costs a name that comes or goes some seconds late.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from time import time
from typing import Any, Protocol

import redis.asyncio
from django.conf import settings

from deskhand.kit.live.transport import channel

#: Seconds. A page says every twenty that it is still there.
FORGOTTEN_AFTER = 50
#: Seconds after the last key.
WRITES_FOR = 6


@dataclass(frozen=True)
class Seen:
    """A page that looks at something. ``wrote_at`` is a moment of the clock, 0: it does not write."""

    user: int
    name: str
    seen_at: float
    wrote_at: float = 0


class Store(Protocol):
    """Address → page (the name of its socket) → what is seen of it."""

    async def put(self, address: str, page: str, seen: Seen) -> bool:
        """Note a page; True if it was not noted before."""
        ...

    async def drop(self, address: str, page: str) -> None: ...

    async def pages(self, address: str) -> Iterable[Seen]: ...


class InMemory:
    """For one web process."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, Seen]] = defaultdict(dict)

    async def put(self, address: str, page: str, seen: Seen) -> bool:
        is_new = page not in self._seen[address]
        self._seen[address][page] = seen
        return is_new

    async def drop(self, address: str, page: str) -> None:
        self._seen[address].pop(page, None)
        if not self._seen[address]:
            del self._seen[address]

    async def pages(self, address: str) -> Iterable[Seen]:
        return list(self._seen[address].values()) if address in self._seen else []


class InRedis:
    """For many: a hash for each address, gone by itself."""

    async def put(self, address: str, page: str, seen: Seen) -> bool:
        async with _client() as client:
            is_new = await client.hset(_key(address), page, json.dumps(asdict(seen)))
            await client.expire(_key(address), 2 * FORGOTTEN_AFTER)
        return bool(is_new)

    async def drop(self, address: str, page: str) -> None:
        async with _client() as client:
            await client.hdel(_key(address), page)

    async def pages(self, address: str) -> Iterable[Seen]:
        async with _client() as client:
            rows: Any = await client.hvals(_key(address))
        return [Seen(**json.loads(row)) for row in rows]


async def others(address: str, *, than: int) -> list[dict[str, Any]]:
    """Who else looks at it, each person once, by name: what they are called, and whether they write."""
    moment = time()
    found: dict[int, dict[str, Any]] = {}
    for seen in await store().pages(address):
        if seen.user == than or moment - seen.seen_at > FORGOTTEN_AFTER:
            continue
        person = found.setdefault(seen.user, {"name": seen.name, "writing": False})
        person["writing"] = person["writing"] or moment - seen.wrote_at < WRITES_FOR
    return sorted(found.values(), key=lambda person: str(person["name"]))


def store() -> Store:
    return _in_redis if settings.REDIS_URL else _in_memory


_in_memory, _in_redis = InMemory(), InRedis()


def _client() -> Any:
    """A client of its own: a loop that ends must not leave connections to the next one."""
    return redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def _key(address: str) -> str:
    return f"{channel()}.here.{address}"
