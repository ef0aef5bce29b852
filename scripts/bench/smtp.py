"""Real SMTP clients against the real listener, until every mail is a ticket."""

from __future__ import annotations

import asyncio
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, NamedTuple

from figures import Figure

if TYPE_CHECKING:
    from desk import Desk

_ALIAS = "care@nordlys.example"
_RECIPIENT = f"RCPT TO:<{_ALIAS}>".encode()
_TICKETS = "SELECT count(*) FROM tickets_ticket"
_UNSENT = "SELECT count(*) FROM mail_outgoingmail WHERE sent_at IS NULL"
#: Fewer than an hour's worth of mails from one sender, or they would be taken for those of a machine.
_SENDERS = 500
_LONGEST_WAIT = 180.0
_PAUSE = 0.1
_TEXT = """Hello Nordlys team,

our dishwasher DW 620 Eco leaves a puddle on the floor after every eco programme. The water comes out at the lower left
corner of the door, about a cup each time. The short programme stays dry. I cleaned the filter and checked that nothing
blocks the spray arm. Somebody was here three weeks ago and replaced the door seal, but it did not help.

Kind regards
"""


class Mail(NamedTuple):
    """The sender of the envelope, and all that is sent after DATA but the last end of line."""

    sender: bytes
    text: bytes


async def measure_smtp(desk: Desk, *, clients: int, mails: int) -> list[Figure]:
    """Three figures: mails taken, mails that are committed tickets, and mails whose acknowledgment has left, per second
    since the first one was sent. Then, what each command used of the processors for one mail."""
    await desk.until_idle()
    waiting = [_mail(number) for number in range(mails)]  # written before the clock runs: that is not Deskhand's work
    before, begun_with = desk.cpu_seconds(), desk.count(_TICKETS)
    own_before, begun_at = time.process_time(), time.perf_counter()
    taken = Figure("SMTP: mail taken", 0)
    counting = asyncio.create_task(_count_to(desk, _TICKETS, begun_with + mails))
    await asyncio.gather(*(_client(desk.mail_port, waiting, taken) for _ in range(clients)))
    taken.seconds = time.perf_counter() - begun_at
    done = Figure("SMTP: mail to committed ticket", 0)
    done.count = await counting - begun_with
    done.seconds = time.perf_counter() - begun_at
    answered = Figure("SMTP: mail to acknowledgment sent", 0)
    answered.count = done.count - await _count_to(desk, _UNSENT, 0)
    answered.seconds = time.perf_counter() - begun_at
    used = {name: seconds - before[name] for name, seconds in desk.cpu_seconds().items() if name in before}
    used["client"] = time.process_time() - own_before
    for figure in (taken, done, answered):
        figure.errors = mails - figure.count
        print(f"  {figure.in_short()}", file=sys.stderr)
    shares = ", ".join(f"{name} {seconds * 1000 / mails:.1f}" for name, seconds in used.items())
    print(f"  CPU ms for each mail: {shares}", file=sys.stderr)
    return [taken, done, answered]


async def _count_to(desk: Desk, query: str, wanted: int) -> int:
    """Ask until the answer is the wanted number, or for as long as one waits; the last answer."""
    for _ in range(int(_LONGEST_WAIT / _PAUSE)):
        if desk.count(query) == wanted:
            break
        await asyncio.sleep(_PAUSE)
    return desk.count(query)


async def _client(port: int, waiting: list[Mail], figure: Figure) -> None:
    """Sends what waits, one mail after the other, over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _reply(reader)
    await _say(reader, writer, b"EHLO bench.example")
    while waiting:
        mail = waiting.pop()
        sent_at = time.perf_counter()
        await _say(reader, writer, b"MAIL FROM:<" + mail.sender + b">")
        await _say(reader, writer, _RECIPIENT)
        await _say(reader, writer, b"DATA")
        if await _say(reader, writer, mail.text) == 250:
            figure.count += 1
            figure.latencies.append(time.perf_counter() - sent_at)
    await _say(reader, writer, b"QUIT")
    writer.close()


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: bytes) -> int:
    writer.write(line + b"\r\n")
    return await _reply(reader)


async def _reply(reader: asyncio.StreamReader) -> int:
    while (line := await reader.readline())[3:4] == b"-":
        pass
    return int(line[:3] or 0)


def _mail(number: int) -> Mail:
    sender = f"person{number % _SENDERS}@customer.example"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Person {number % _SENDERS} <{sender}>"
    mail["To"] = _ALIAS
    mail["Subject"] = f"Dishwasher leaks from the lower left corner, case {number}"
    mail["Message-ID"] = f"<bench-{number}-{time.time_ns()}@customer.example>"
    mail.set_content(_TEXT)
    mail.add_alternative("".join(f"<p>{part}</p>" for part in _TEXT.split("\n\n")), subtype="html")
    return Mail(sender.encode(), mail.as_bytes().rstrip(b"\r\n") + b"\r\n.")
