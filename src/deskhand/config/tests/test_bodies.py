from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware
from asgiref.sync import async_to_sync

from deskhand.config import bodies
from deskhand.config.bodies import at_their_own_pace

Wsgi = Callable[[Any, Any], Iterable[bytes]]
ONE_SECOND = 1.0


class Client:
    """Sends what it is given, and fetches as much of the answer as it is asked to."""

    def __init__(self, *sent: bytes, size: int | None = None, goes_away: bool = False, reads: bool = True) -> None:
        self.size = sum(map(len, sent)) if size is None else size
        self.sent = [{"type": "http.request", "body": body, "more_body": True} for body in sent]
        if goes_away:
            self.sent.append({"type": "http.disconnect"})
        elif self.sent and self.size == sum(map(len, sent)):
            self.sent[-1]["more_body"] = False
        self.reads = asyncio.Event()
        if reads:
            self.reads.set()
        self.got: list[bytes] = []
        self.status = 0

    @property
    def scope(self) -> dict[str, Any]:
        headers = [(b"content-length", str(self.size).encode())] if self.size else []
        return {
            "type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1",
            "headers": headers,
        }  # fmt: skip

    async def receive(self) -> Any:
        if not self.sent:
            await asyncio.sleep(2 * ONE_SECOND)
        return self.sent.pop(0)

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        if message["type"] == "http.response.body":
            if self.got:  # the first piece lies in the buffer of the connection
                await self.reads.wait()
            self.got.append(message.get("body", b""))


def pages(page: Wsgi) -> Any:
    """As in :mod:`deskhand.config.asgi`, with one thread for everybody."""
    return at_their_own_pace(WSGIMiddleware(page, workers=1))


def echo(environ: Any, start_response: Any) -> Iterator[bytes]:
    start_response("200 OK", [])
    yield environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"nothing"


@async_to_sync
async def ask(page: Wsgi, *clients: Client) -> None:
    """The clients come one after the other, and nobody waits longer than a second."""
    app = pages(page)
    calls = [asyncio.create_task(app(client.scope, client.receive, client.send)) for client in clients]
    await asyncio.wait(calls, timeout=ONE_SECOND)
    for call in calls:
        call.cancel()


@pytest.mark.parametrize("parts", [[b"Hello"], [b"He", b"ll", b"o"], [b"x" * 700_000, b"y" * 700_000]])
def test_a_page_gets_all_that_was_sent(parts: list[bytes]) -> None:
    client = Client(*parts)

    ask(echo, client)

    assert (client.status, b"".join(client.got)) == (200, b"".join(parts))


def test_who_sends_slowly_keeps_nobody_waiting() -> None:
    slow, other = Client(b"He", size=5), Client()

    ask(echo, slow, other)

    assert (other.status, other.got[0]) == (200, b"nothing")
    assert slow.status == 0


def test_what_was_cut_off_reaches_no_page() -> None:
    asked: list[Any] = []

    def page(environ: Any, start_response: Any) -> Iterator[bytes]:
        asked.append(environ["wsgi.input"].read(10))
        return echo(environ, start_response)

    ask(page, Client(b"a half", size=10, goes_away=True))

    assert asked == []


def test_who_falls_silent_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.1)
    client = Client(b"He", size=5)

    async_to_sync(pages(echo))(client.scope, client.receive, client.send)

    assert client.status == 0


def test_too_much_is_left_to_the_page_to_refuse_and_not_taken(settings: Any) -> None:
    settings.MAX_REQUEST_BYTES = 3
    client = Client(b"Hello")

    def refuse(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("413 Content Too Large", [])
        yield environ["CONTENT_LENGTH"].encode()

    ask(refuse, client)

    assert (client.status, client.got[0], len(client.sent)) == (413, b"5", 1)


def test_who_reads_slowly_keeps_nobody_waiting_and_misses_nothing() -> None:
    chunks = [bytes([number]) * 262_144 for number in range(40)]

    def page(_environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield from chunks

    @async_to_sync
    async def both() -> tuple[Client, Client]:
        app, slow, other = pages(page), Client(reads=False), Client()
        waiting = asyncio.create_task(app(slow.scope, slow.receive, slow.send))
        await asyncio.sleep(0)
        await asyncio.wait_for(app(other.scope, other.receive, other.send), 5 * ONE_SECOND)
        assert slow.got == chunks[:1]
        slow.reads.set()
        await asyncio.wait_for(waiting, 5 * ONE_SECOND)
        return slow, other

    for client in both():
        assert b"".join(client.got) == b"".join(chunks)


def test_an_answer_that_nobody_fetches_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.1)

    def page(_environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield from [b"x" * 200_000] * 3

    @async_to_sync
    async def dropped() -> Client:
        client = Client(reads=False)
        task = asyncio.create_task(pages(page)(client.scope, client.receive, client.send))
        await asyncio.wait([task], timeout=ONE_SECOND)
        assert task.done()
        return client

    assert len(dropped().got) == 1
