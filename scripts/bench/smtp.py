"""Real SMTP clients against the real listener, until every mail is a ticket."""

from __future__ import annotations

import asyncio
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from figures import Figure

if TYPE_CHECKING:
    from desk import Desk

_ALIAS = "care@nordlys.example"
#: Fewer than an hour's worth of mails from one sender, or they would be taken for those of a machine.
_SENDERS = 500
_LONGEST_WAIT = 180.0
_TEXT = """Hello Nordlys team,

our dishwasher DW 620 Eco leaves a puddle on the floor after every eco programme. The water comes out at the lower left
corner of the door, about a cup each time. The short programme stays dry. I cleaned the filter and checked that nothing
blocks the spray arm. Somebody was here three weeks ago and replaced the door seal, but it did not help.

Kind regards
"""


async def measure_smtp(desk: Desk, *, clients: int, mails: int) -> list[Figure]:
    """Two figures: mails taken, and mails that are committed tickets, per second since the first one was sent."""
    await desk.until_idle()
    before = desk.count("SELECT count(*) FROM tickets_ticket")
    waiting = list(range(mails))
    taken = Figure("SMTP: mail taken", 0)
    begun_at = time.perf_counter()
    await asyncio.gather(*(_client(desk.mail_port, waiting, taken) for _ in range(clients)))
    taken.seconds = time.perf_counter() - begun_at
    done = Figure("SMTP: mail to committed ticket", 0)
    while done.count < taken.count and time.perf_counter() - begun_at < _LONGEST_WAIT:
        await asyncio.sleep(0.05)
        done.count = desk.count("SELECT count(*) FROM tickets_ticket") - before
    done.seconds = time.perf_counter() - begun_at
    done.errors = taken.count - done.count
    for figure in (taken, done):
        print(f"  {figure.in_short()}", file=sys.stderr)
    return [taken, done]


async def _client(port: int, waiting: list[int], figure: Figure) -> None:
    """Sends what waits, one mail after the other, over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _reply(reader)
    await _say(reader, writer, "EHLO bench.example")
    while waiting:
        number = waiting.pop()
        sender = f"person{number % _SENDERS}@customer.example"
        raw = _mail(number, sender)
        sent_at = time.perf_counter()
        await _say(reader, writer, f"MAIL FROM:<{sender}>")
        await _say(reader, writer, f"RCPT TO:<{_ALIAS}>")
        await _say(reader, writer, "DATA")
        code = await _say(reader, writer, raw + "\r\n.")
        if code == 250:
            figure.count += 1
            figure.latencies.append(time.perf_counter() - sent_at)
        else:
            figure.errors += 1
    await _say(reader, writer, "QUIT")
    writer.close()


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: str) -> int:
    writer.write(line.encode() + b"\r\n")
    return await _reply(reader)


async def _reply(reader: asyncio.StreamReader) -> int:
    while (line := await reader.readline())[3:4] == b"-":
        pass
    return int(line[:3] or 0)


def _mail(number: int, sender: str) -> str:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Person {number % _SENDERS} <{sender}>"
    mail["To"] = _ALIAS
    mail["Subject"] = f"Dishwasher leaks from the lower left corner, case {number}"
    mail["Message-ID"] = f"<bench-{number}-{time.time_ns()}@customer.example>"
    mail.set_content(_TEXT)
    mail.add_alternative("".join(f"<p>{part}</p>" for part in _TEXT.split("\n\n")), subtype="html")
    return mail.as_string().rstrip("\r\n")
