"""How a nudge gets from the process where something changed to the web processes."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import logging
import socket
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import monotonic, time
from typing import Any

import redis
import redis.asyncio
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)
_LONGEST_SOCKET_PATH = 100
#: How long nudges of a batch are held back.
_LONGEST_HOLD_SECONDS = 0.5
#: What every page watches: a change of rights that may concern any of them.
EVERYTHING = "everything"
#: How long a web process knows what changed: no page takes longer from its being drawn to its watching.
_KNOWN_SECONDS = 60
#: Stands before an address when not the thing changed, but who may see it.
_ASKS = "?"

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]


class SecondWebProcess(RuntimeError):
    """Another web process serves this data already."""


class _Nudges:
    """What changed in one transaction, or in several that are told of together; each address once."""

    def __init__(self) -> None:
        self.addresses: dict[str, None] = {}
        self.tell_by = monotonic() + _LONGEST_HOLD_SECONDS

    def __call__(self) -> None:
        together = _together.get()
        if together is None:
            self.tell()
            return
        together.addresses |= self.addresses
        if monotonic() > together.tell_by:
            together.tell()

    def tell(self) -> None:
        if self.addresses:
            _send(" ".join(self.addresses))
        self.addresses, self.tell_by = {}, monotonic() + _LONGEST_HOLD_SECONDS


#: What changed lately, and when, the latest at the end.
_changes: dict[str, float] = {}
_together: ContextVar[_Nudges | None] = ContextVar("nudges_together", default=None)


def nudge(address: str) -> None:
    """Tell everybody who watches ``address`` that it changed, once the present transaction is committed."""
    waiting = next((call for _, call, _ in transaction.get_connection().run_on_commit if type(call) is _Nudges), None)
    nudges = waiting or _Nudges()
    nudges.addresses[address] = None
    if waiting is None:
        transaction.on_commit(nudges, robust=True)


def look_again(address: str = EVERYTHING) -> None:
    """Rights were taken away: whoever watches ``address``, or anything, is asked once the present transaction is
    committed whether they still may. A page of somebody who may not is told no more, and vanishes."""
    nudge(f"{_ASKS}{address}")


@contextmanager
def nudged_together() -> Iterator[None]:
    """Tell of what several transactions change in one go: for work that comes in batches. No nudge waits for long."""
    nudges = _Nudges()
    entered = _together.set(nudges)
    try:
        yield
    finally:
        _together.reset(entered)
        nudges.tell()


def tell_now(address: str) -> None:
    """Tell everybody who watches ``address``, whatever transaction is open: for what stands in no database."""
    _send(address)


def _send(addresses: str) -> None:
    """Send what changed, addresses with blanks between them, on its way."""
    try:
        if settings.REDIS_URL:
            _redis().publish(channel(), addresses)
        else:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                sender.setblocking(False)
                sender.sendto(addresses.encode(), str(socket_path()))
    except (OSError, redis.RedisError) as error:
        logger.debug("Nobody was told that %s changed: %s", addresses, error)


@lru_cache(maxsize=1)
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def channel() -> str:
    """Two Deskhands on one Redis use two of its databases; a channel belongs to none, so its name says which."""
    database = redis.connection.parse_url(settings.REDIS_URL).get("db", 0)  # type: ignore[no-untyped-call]
    return f"deskhand.live.{database}"


def socket_path() -> Path:
    """Where the web process listens; a short path elsewhere if the data folder's is too long for the system."""
    path = Path(settings.LIVE_SOCKET)
    if len(str(path)) <= _LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"deskhand-{name}.sock"


def with_live_listener(app: AsgiApp) -> AsgiApp:
    """The app, with a listener for nudges from the server's start to its end."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        else:
            await app(scope, receive, send)

    return wrapped


async def _lifespan(receive: Any, send: Any) -> None:
    await receive()
    try:
        stop = await _listen_redis() if settings.REDIS_URL else await _listen_socket()
    except SecondWebProcess as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await stop()
    await send({"type": "lifespan.shutdown.complete"})


async def deliver(addresses: str) -> None:
    """Hand nudges to the sockets of this process."""
    layer = get_channel_layer()
    for address in addresses.split():
        if address.startswith(_ASKS):
            asked = address.removeprefix(_ASKS)
            _note_change(_ASKS)
            await layer.group_send(asked, {"type": "rights_changed", "address": asked})
        else:
            _note_change(address)
            await layer.group_send(address, {"type": "changed", "address": address})


def changed_since(address: str, moment: float) -> bool:
    """Whether something changed after a moment of the clock, as far as this process still knows."""
    return _changes.get(address, 0) >= moment


def rights_taken_since(moment: float) -> bool:
    """Whether anybody may see less than at a moment of the clock, as far as this process knows."""
    return changed_since(_ASKS, moment)


def _note_change(address: str) -> None:
    _changes.pop(address, None)
    _changes[address] = time()
    for oldest, changed_at in list(islice(_changes.items(), 2)):  # one comes, two may go: it does not grow for ever
        if changed_at < time() - _KNOWN_SECONDS:
            del _changes[oldest]


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def datagram_received(self, data: bytes, addr: Any) -> None:
        del addr
        task = asyncio.get_running_loop().create_task(deliver(data.decode(errors="replace")))
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _listen_socket() -> Callable[[], Awaitable[None]]:
    path = socket_path()
    listener = await asyncio.to_thread(_bind, path)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(_Datagrams, sock=listener)

    async def stop() -> None:
        transport.close()
        await asyncio.to_thread(path.unlink, missing_ok=True)

    return stop


def _bind(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        _remove_if_dead(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.setblocking(False)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    listener.bind(str(path))
    path.chmod(0o600)
    return listener


def _remove_if_dead(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(str(path))
        except OSError as error:
            if error.errno != errno.ECONNREFUSED:
                raise
            path.unlink(missing_ok=True)
            return
    raise SecondWebProcess(
        f"Another web process serves this data folder already ({path}). Stop it first, or set REDIS_URL to run several."
    )


async def _listen_redis() -> Callable[[], Awaitable[None]]:
    task = asyncio.get_running_loop().create_task(_follow_redis())

    async def stop() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    return stop


async def _follow_redis() -> None:
    while True:
        client = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_timeout=None, health_check_interval=0)
        try:
            async with client.pubsub() as subscription:
                await subscription.subscribe(channel())
                async for message in subscription.listen():
                    if message["type"] == "message":
                        await deliver(message["data"].decode(errors="replace"))
        except (redis.RedisError, OSError) as error:
            logger.warning("Redis is away; pages do not change by themselves until it is back: %s", error)
            await asyncio.sleep(2)
        finally:
            await client.aclose()
