"""Real servers on ports of this machine, and a mailbox of the simplest kind."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from deskhand.base.companies.public import Company
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.management.listening import listen
from deskhand.base.mail.places import MAILBOXES, Delivery, Letter, Thread

OURS = "care@desk.example"


class CompanyMailbox:
    """Makes a company of every mail to one address; enough to see what the mail hands on."""

    model = Company

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.fails_with: Exception | None = None

    def owned(self, addresses: Sequence[str]) -> list[str]:
        if self.fails_with:
            raise self.fails_with
        return [address for address in addresses if address == OURS]

    def numbered(self, number: int, letter: Letter) -> Company | None:
        return None

    def open(self, letter: Letter, *, at: datetime) -> Delivery | None:
        if not self.owned(letter.recipients):
            return None
        self.letters.append(letter)
        made = Company.objects.create(name=letter.mail.subject)
        return Delivery(Outcome.CREATED, f"Mail to {OURS} makes companies.", made)

    def join(self, thread: Thread, letter: Letter, *, at: datetime) -> Delivery:
        raise AssertionError("Nothing is answered here.")


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> CompanyMailbox:
    """The only mailbox there is."""
    only = CompanyMailbox()
    monkeypatch.setattr(MAILBOXES, "_panels", [(50, only)])
    return only


class Listeners:
    """Starts the real mail listener, and answers its port."""

    def __init__(self) -> None:
        self._running: list[tuple[threading.Thread, Callable[[], None]]] = []

    def __call__(self, *, lmtp: bool = False) -> int:
        ready = threading.Event()
        ports: list[int] = []
        stops: list[Callable[[], None]] = []

        def on_ready(port: int) -> None:
            ports.append(port)
            ready.set()

        async def serve() -> None:
            loop, stop = asyncio.get_running_loop(), asyncio.Event()
            stops.append(lambda: loop.call_soon_threadsafe(stop.set))
            await listen(host="127.0.0.1", port=0, lmtp=lmtp, on_ready=on_ready, stop=stop)

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        assert ready.wait(10)
        self._running.append((thread, stops[0]))
        return ports[0]

    def stop(self) -> None:
        while self._running:
            thread, stop = self._running.pop()
            stop()
            thread.join(15)
            assert not thread.is_alive()


@pytest.fixture
def mail_listener(transactional_db: None, mailbox: CompanyMailbox) -> Iterator[Listeners]:
    listeners = Listeners()
    yield listeners
    listeners.stop()


class OtherServer:
    """The customers' mail server. ``answers`` are given to the next mails instead of 250, by command."""

    def __init__(self) -> None:
        self.answers: dict[str, list[str]] = {"RCPT": [], "DATA": []}
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.connections = 0

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if self.answers["RCPT"]:
            return self.answers["RCPT"].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers["DATA"]:
            return self.answers["DATA"].pop(0)
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        self.mails.append(mail)
        self.senders.append(envelope.mail_from)
        return "250 OK"


@pytest.fixture
def other_server(settings: Any) -> Iterator[OtherServer]:
    """A real SMTP server that our mails go to."""
    handler = OtherServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.connections = 0  # the controller tries it once
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield handler
    controller.stop()
