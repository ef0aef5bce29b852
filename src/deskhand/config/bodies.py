"""Slow clients cost no thread: requests reach the pages whole, and answers wait outside of them to be fetched.

A page is made in one of a few threads (``WEB_THREADS``). Without this, whoever sends or reads a byte now and then would
keep one for as long as they like, and an upload that is cut off would be taken for all that was sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

from deskhand.kit.live.transport import AsgiApp

#: More than this of one body lies in a file.
_IN_MEMORY = 1_000_000
_CHUNK = 262_144
#: How long a client may send or read nothing, in seconds.
PATIENCE = 60.0


def at_their_own_pace(app: AsgiApp) -> AsgiApp:
    """The app, called with whole requests; it never waits for who reads its answer.

    What is larger than ``MAX_REQUEST_BYTES`` is not taken at all: the app refuses it by its ``Content-Length``.
    """

    async def paced(scope: Any, receive: Any, send: Any) -> None:
        answer = _Answer(send)
        if not 0 < _size(scope) <= settings.MAX_REQUEST_BYTES:
            await answer.of(app, scope, receive)
            return
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            if await _is_whole(receive, body):
                await answer.of(app, scope, _Reading(body, receive))

    return paced


def _size(scope: Any) -> int:
    """What comes in chunks says no size, and no page reads it."""
    sizes = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(sizes[0]) if sizes and sizes[0].isdigit() else 0


async def _is_whole(receive: Any, body: SpooledTemporaryFile[bytes]) -> bool:
    """Take all that is sent. False: the client went away, or fell silent."""
    has_more = True
    while has_more:
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError:
            return False
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        has_more = message.get("more_body", False)
    body.seek(0)
    return True


class _Reading:
    """``receive`` of a request that is here already."""

    def __init__(self, body: SpooledTemporaryFile[bytes], receive: Any) -> None:
        self._body, self._receive, self._is_over = body, receive, False

    async def __call__(self) -> Any:
        if self._is_over:
            return await self._receive()
        chunk = self._body.read(_CHUNK)
        self._is_over = not chunk
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}


class _Answer:
    """What the app answers: a page goes at once; of what comes in pieces all but the first wait until they are fetched.

    The server takes the first piece whoever reads, and the app has nothing to do with waiting for the others.
    """

    def __init__(self, send: Any) -> None:
        self._send = send
        self._pieces = 0
        self._rest: _Waiting | None = None
        self._sending: asyncio.Task[None] | None = None

    async def of(self, app: AsgiApp, scope: Any, receive: Any) -> None:
        try:
            await app(scope, receive, self._take)
            if self._sending:
                await self._sending
        finally:
            if self._sending:
                self._sending.cancel()
            if self._rest:
                self._rest.forget()

    async def _take(self, message: Any) -> None:
        self._pieces += bool(message.get("body"))
        if self._rest is None and self._pieces > 1:
            self._rest = _Waiting()
            self._sending = asyncio.create_task(self._hand_over(self._rest))
        if self._rest is None:
            await self._send(message)
        else:
            self._rest.add(message)

    async def _hand_over(self, rest: _Waiting) -> None:
        with suppress(TimeoutError):
            async for message in rest.messages():
                await asyncio.wait_for(self._send(message), PATIENCE)


class _Waiting:
    """The rest of an answer, written by the app, and read by its client, each in their own time."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
        self._written = self._read = 0
        self._is_whole = False
        self._came = asyncio.Event()

    def add(self, message: Any) -> None:
        self._file.seek(self._written)
        self._written += self._file.write(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        self._came.set()

    async def messages(self) -> AsyncIterator[Any]:
        while not (self._is_whole and self._read == self._written):
            await self._came.wait()
            self._came.clear()
            while self._read < self._written:
                self._file.seek(self._read)
                chunk = self._file.read(_CHUNK)
                self._read += len(chunk)
                yield {"type": "http.response.body", "body": chunk, "more_body": True}
        yield {"type": "http.response.body", "body": b""}

    def forget(self) -> None:
        self._file.close()
