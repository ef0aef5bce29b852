"""How long a client keeps its connection to one web process."""

from __future__ import annotations

from itertools import count
from typing import Any

from deskhand.kit.live.transport import AsgiApp

#: Of so many answers of a process one ends its connection.
ANSWERS = 50


def parting_now_and_then(app: AsgiApp) -> AsgiApp:
    """The app, some of whose answers end their connection (RFC 9112, 9.6): the client comes back by another.

    The kernel spreads connections over the web processes by chance. If they lasted, all clients could stay with one
    process while the others are idle (decision 3).
    """
    answers = count(1)

    async def parting(scope: Any, receive: Any, send: Any) -> None:
        async def send_on(message: Any) -> None:
            if message["type"] == "http.response.start" and next(answers) % ANSWERS == 0:
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        await app(scope, receive, send_on)

    return parting
