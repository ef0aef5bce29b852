"""The SMTP and LMTP door: takes mail for addresses that are ours, and says yes only when it is stored."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db import connections

from deskhand.base.mail.management.gathering import AWAY, Gathering
from deskhand.base.mail.services.receiving import Arrival, known_recipients, receive_mails
from deskhand.kit.clock import now

logger = logging.getLogger(__name__)

MOST_RECIPIENTS = 100
MOST_CONNECTIONS = 500
#: Refused recipients after which a client is taken for one that guesses addresses.
MOST_REFUSALS = 10
#: Threads that talk to the database: one looks up addresses while the other stores mails.
THREADS = 2
#: How long a stop waits for mails that are being received, in seconds.
GRACE = 10
#: RFC 5321 allows 1,000 octets; newsletters are not always written by people who read it.
LONGEST_LINE = 1 << 20

_AWAY_NOW = "451 4.3.0 Deskhand cannot store mail at the moment. Please try again later."
_TOO_LARGE = "552 5.3.4 This mail is too large: %d MB is the most. Send a smaller one, or a link to the files."


class MailDoor:
    """What aiosmtpd asks during a conversation. The database is asked in threads, for all conversations together."""

    def __init__(self, via: str) -> None:
        self.via = via
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail-listen")
        self.addresses = Gathering(_are_known, self.threads)
        self.mails = Gathering(receive_mails, self.threads)

    async def handle_RCPT(  # noqa: N802  (the library calls it so)
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        del server, options
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return f"452 4.5.3 {MOST_RECIPIENTS} recipients are the most in one go. Send the mail again to the rest."
        if not address.isprintable():
            return "553 5.1.3 This address has characters that no address has."
        try:
            is_known = await self.addresses.ask(address)
        except AWAY as error:
            logger.warning("The database is away: %s", error)
            return _AWAY_NOW
        if not is_known:
            return _refusal(session, address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Recipient OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        del server, session
        sender, recipients = _readable(envelope.mail_from), tuple(envelope.rcpt_tos)
        try:
            mail = await self.mails.ask(Arrival(envelope.original_content, sender, recipients, self.via, now()))
        except AWAY as error:
            logger.warning("The database is away: %s", error)
            return _AWAY_NOW
        return f"250 2.6.0 Stored as {mail.pk}"

    def close(self) -> None:
        """Let what is being stored be stored, and each thread hang up its database connection."""
        together = Barrier(THREADS)
        for _ in range(THREADS):
            self.threads.submit(_hang_up, together)
        self.threads.shutdown()

    async def handle_exception(self, error: Exception) -> str:
        logger.error("A mail could not be taken", exc_info=error)
        return _AWAY_NOW


class Conversation(SMTP):
    """One connection. ``open_ones`` are all of the server's."""

    line_length_limit = LONGEST_LINE

    def __init__(self, *args: Any, open_ones: set[Conversation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_ones = open_ones
        self.is_receiving = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.open_ones) >= MOST_CONNECTIONS:
            transport.write(b"421 4.3.2 Too many connections. Please try again later.\r\n")
            transport.close()
        self.open_ones.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.open_ones.discard(self)
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        self.is_receiving = True
        try:
            await super().smtp_DATA(arg)
        finally:
            self.is_receiving = False

    async def push(self, status: str | bytes) -> None:
        """The library's answers in our words; who is sent away with 421 is gone."""
        text = status.decode(errors="replace") if isinstance(status, bytes) else status
        if text.startswith("552 Error"):
            text = _TOO_LARGE % (settings.MAX_MAIL_BYTES // 1_000_000)
        await super().push(text)
        if text.startswith("421") and self.transport is not None:
            self.transport.close()


class LmtpConversation(Conversation, LMTP):
    """LMTP answers the text of a mail once for each recipient (RFC 2033, 4.2)."""

    answers = 1

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        self.answers = len(self.envelope.rcpt_tos) if self.envelope else 1
        try:
            await super().smtp_DATA(arg)
        finally:
            self.answers = 1

    async def push(self, status: str | bytes) -> None:
        is_last_word = self.is_receiving and str(status)[:3] in {"250", "451", "500", "552"}
        for _ in range(self.answers if is_last_word else 1):
            await super().push(status)


async def listen(
    *,
    host: str,
    port: int,
    lmtp: bool = False,
    on_ready: Callable[[int], None] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Take mail until ``stop``; None: SIGTERM or SIGINT. ``on_ready`` is told the port, which matters for port 0.

    :raises OSError: the port is taken, or not ours to open.
    """
    loop = asyncio.get_running_loop()
    door, open_ones = MailDoor("lmtp" if lmtp else "smtp"), set[Conversation]()
    conversation = partial(
        LmtpConversation if lmtp else Conversation,
        door,
        open_ones=open_ones,
        data_size_limit=settings.MAX_MAIL_BYTES,
        enable_SMTPUTF8=True,
        hostname=DNS_NAME.get_fqdn(),
        ident="Deskhand",
        loop=loop,
    )
    server = await loop.create_server(conversation, host, port, backlog=512)
    stop = stop or _stop_by_signal(loop)
    if on_ready:
        on_ready(server.sockets[0].getsockname()[1])
    try:
        await stop.wait()
    finally:
        server.close()
        await _say_goodbye(open_ones)
        await loop.run_in_executor(None, door.close)


def _stop_by_signal(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _say_goodbye(open_ones: set[Conversation]) -> None:
    """Let those finish whose mail is coming in; the others are told to come back."""
    for _ in range(GRACE * 10):
        for conversation in [one for one in open_ones if not one.is_receiving]:
            open_ones.discard(conversation)
            await conversation.push("421 4.3.2 Deskhand is restarting. Please try again.")
        if not open_ones:
            return
        await asyncio.sleep(0.1)


def _hang_up(together: Barrier) -> None:
    together.wait(GRACE)  # so that no thread takes two of these
    connections.close_all()


def _are_known(addresses: Sequence[str]) -> list[bool]:
    known = set(known_recipients(list(dict.fromkeys(addresses))))
    return [address.lower() in known for address in addresses]


def _refusal(session: Any, address: str) -> str:
    session.refusals = getattr(session, "refusals", 0) + 1
    if session.refusals > MOST_REFUSALS:
        return "421 4.7.0 Too many unknown recipients."
    return f"550 5.1.1 <{address}>: Nobody here receives mail at this address. Check it for typing mistakes."


def _readable(address: str | None) -> str:
    """The envelope sender; "" for the null sender, which aiosmtpd hands on as ``<>``."""
    text = (address or "").strip("<>")
    return "".join(char if char.isprintable() else "?" for char in text)
