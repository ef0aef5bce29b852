from __future__ import annotations

from typing import Any

from asgiref.sync import async_to_sync

from deskhand.config.connections import ANSWERS, parting_now_and_then


async def page(scope: Any, receive: Any, send: Any) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"Hello"})


@async_to_sync
async def answers(number: int) -> list[list[tuple[bytes, bytes]]]:
    """The headers of so many answers."""
    app, seen = parting_now_and_then(page), []

    async def send(message: Any) -> None:
        if "headers" in message:
            seen.append(message["headers"])

    for _ in range(number):
        await app({"type": "http"}, None, send)
    return seen


def test_one_of_many_answers_ends_its_connection() -> None:
    seen = answers(2 * ANSWERS)

    parted = [place for place, headers in enumerate(seen, start=1) if (b"connection", b"close") in headers]
    assert parted == [ANSWERS, 2 * ANSWERS]
    assert all((b"content-type", b"text/html") in headers for headers in seen)
