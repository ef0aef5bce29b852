"""A real mail server that keeps what it gets, for tests to look at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Catches mails on a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._caught: list[tuple[list[str], EmailMessage]] = []
        self._something_came = threading.Condition()
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Be away, as a mail server sometimes is; :meth:`start` comes back on the same port."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    def mails_to(self, address: str) -> list[EmailMessage]:
        with self._something_came:
            return [message for recipients, message in self._caught if address in recipients]

    def wait_for(
        self,
        *,
        to: str,
        which: Callable[[EmailMessage], bool] = lambda _: True,
        seconds: float = 20,
    ) -> EmailMessage:
        """The first mail to an address, or the first that is ``which``.

        :raises AssertionError: none came in time.
        """
        deadline = time.monotonic() + seconds
        with self._something_came:
            while True:
                found = [message for recipients, message in self._caught if to in recipients and which(message)]
                if found:
                    return found[0]
                if not self._something_came.wait(deadline - time.monotonic()):
                    subjects = [f"{recipients}: {message['Subject']}" for recipients, message in self._caught]
                    raise AssertionError(f"No such mail to {to} within {seconds} s. Caught: {subjects}")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        with self._something_came:
            self._caught.append(([address.lower() for address in envelope.rcpt_tos], message))
            self._something_came.notify_all()
        return "250 OK"
