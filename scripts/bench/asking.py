"""The named requests, and clients that keep their connection."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from figures import Figure

_WARM_UP_SECONDS = 2.0
_REPLY = "Thank you for the picture, that helps a lot. A technician will call you tomorrow."
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, list[str]]
    body: bytes


@dataclass
class Site:
    """Where Deskhand listens, what is in it, and who we are."""

    port: int
    facts: dict
    cookies: dict[str, str] = field(default_factory=dict)
    form_token: str = ""


@dataclass(frozen=True)
class Ask:
    """One request. ``right``: whether an answer is the one that was asked for, and no error page. ``in_place``: by the
    page's script, which wants the changed part of the page back. ``is_api``: by a program with a key."""

    method: str
    path: str
    right: Callable[[Answer], bool]
    form: dict[str, str] | None = None
    in_place: bool = False
    #: Of a program: what it sends as JSON, in the name of the key instead of the session.
    is_api: bool = False
    json: str = ""


@dataclass(frozen=True)
class Request:
    """A named request; ``ask`` makes the next one."""

    name: str
    ask: Callable[[Site], Ask]


class Connection:
    """One client: a connection that is kept."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, ask: Ask) -> Answer:
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._site.port, limit=1 << 22)
        self._writer.write(_bytes_of(ask, self._site))
        assert self._reader is not None
        answer = await _read_answer(self._reader)
        if "close" in answer.headers.get("connection", []):
            self.close()
        return answer

    def close(self) -> None:
        if self._writer:
            self._writer.close()
        self._writer = None


async def measure(site: Site, request: Request, *, clients: int, seconds: float) -> Figure:
    """Ask again and again with all clients at once; what happened while warming up does not count."""
    begin = time.perf_counter() + _WARM_UP_SECONDS
    end = begin + seconds
    figure = Figure(request.name, seconds)

    async def client() -> None:
        connection = Connection(site)
        while (sent_at := time.perf_counter()) < end:
            ask = request.ask(site)
            answer = await connection.send(ask)
            figure.asked += 1
            done_at = time.perf_counter()
            if begin <= done_at <= end:
                if ask.right(answer):
                    figure.count += 1
                    figure.latencies.append(done_at - sent_at)
                else:
                    figure.errors += 1
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return figure


async def sign_in(site: Site) -> None:
    """As a person does: the form, its token, the password."""
    connection = Connection(site)
    page = await connection.send(Ask("GET", "/account/login/", _is_page))
    _keep_cookies(site, page)
    token = _TOKEN.search(page.body)
    if page.status != 200 or token is None:
        raise SystemExit(f"The sign-in page answers {page.status}.")
    form = {
        "login": site.facts["email"],
        "password": site.facts["password"],
        "csrfmiddlewaretoken": token[1].decode(),
    }
    answer = await connection.send(Ask("POST", "/account/login/", _is_redirect, form))
    if answer.status != 302:
        raise SystemExit(f"Signing in answers {answer.status}.")
    _keep_cookies(site, answer)
    new_ticket = await connection.send(Ask("GET", "/helpdesk/tickets/new/", _is_page))
    _keep_cookies(site, new_ticket)
    found = _TOKEN.search(new_ticket.body)
    if new_ticket.status != 200 or found is None:
        raise SystemExit(f"The form for a new ticket answers {new_ticket.status}.")
    site.form_token = found[1].decode()
    connection.close()


def _is_page(answer: Answer) -> bool:
    return answer.status == 200


def _is_redirect(answer: Answer) -> bool:
    return answer.status == 302


def _shows(*words: bytes) -> Callable[[Answer], bool]:
    return lambda answer: answer.status == 200 and all(word in answer.body for word in words)


def _board(site: Site) -> Ask:
    marker = site.facts["card_marker"].encode()
    cards = site.facts["cards"]
    return Ask(
        "GET",
        f"/helpdesk/teams/{site.facts['team']}/board/",
        lambda answer: answer.status == 200 and answer.body.count(marker) == cards,
    )


def _ticket(site: Site) -> Ask:
    pk, reference = random.choice(site.facts["tickets"])
    return Ask("GET", f"/helpdesk/tickets/{pk}/", _shows(reference.encode(), b"</html>"))


def _list(site: Site) -> Ask:
    del site
    return Ask("GET", "/helpdesk/tickets/?filter=open", _shows(b"</html>"))


def _create(site: Site) -> Ask:
    form = {
        "title": f"Dishwasher leaks {random.randrange(10**6)}",
        "team": str(site.facts["team"]),
        "assignee": "",
        "priority": "1",
        "tags": str(site.facts["tag"]),
        "customer": str(site.facts["customer"]),
        "customer_email": "",
        "customer_phone": "",
        "description": "It leaks from the lower left corner during the eco programme.",
        "csrfmiddlewaretoken": site.form_token,
    }
    return Ask("POST", "/helpdesk/tickets/new/", _is_redirect, form)


def _reply(site: Site) -> Ask:
    return Ask("POST", *_written(site, _is_redirect))


def _reply_in_place(site: Site) -> Ask:
    return Ask("POST", *_written(site, _shows(b'id="chat"', _REPLY.encode())), in_place=True)


def _written(site: Site, right: Callable[[Answer], bool]) -> tuple[str, Callable[[Answer], bool], dict[str, str]]:
    pk, _reference = random.choice(site.facts["tickets"])
    contact = site.facts["customer_of"][str(pk)]
    form = {
        "body": _REPLY,
        "to": str(contact),
        "csrfmiddlewaretoken": site.form_token,
    }
    return f"/helpdesk/tickets/{pk}/messages/", right, form


def _link(site: Site) -> Ask:
    token, title = random.choice(site.facts["links"])
    del title
    return Ask("GET", f"/t/{quote(token)}/", _shows(b"</html>"))


def _api_list(site: Site) -> Ask:
    del site
    return Ask(
        "GET",
        "/api/v1/tickets?limit=100&filter=open",
        lambda answer: answer.status == 200 and answer.body.count(b'"reference"') == 100,
        is_api=True,
    )


def _api_create(site: Site) -> Ask:
    body = {
        "title": f"Dishwasher leaks {random.randrange(10**6)}",
        "team": site.facts["team"],
        "customer": site.facts["customer"],
        "priority": 1,
        "tags": [site.facts["tag"]],
        "description": "It leaks from the lower left corner during the eco programme.",
    }
    return Ask("POST", "/api/v1/tickets", lambda answer: answer.status == 201, is_api=True, json=json.dumps(body))


REQUESTS = (
    Request("board", _board),
    Request("ticket", _ticket),
    Request("list", _list),
    Request("create", _create),
    Request("reply", _reply),
    Request("reply-in-place", _reply_in_place),
    Request("link", _link),
    Request("api-list", _api_list),
    Request("api-create", _api_create),
)


def _bytes_of(ask: Ask, site: Site) -> bytes:
    body = urlencode(ask.form).encode() if ask.form is not None else ask.json.encode()
    cookies = f"Cookie: {'; '.join(f'{name}={value}' for name, value in site.cookies.items())}"
    lines = [
        f"{ask.method} {ask.path} HTTP/1.1",
        f"Host: 127.0.0.1:{site.port}",
        f"Authorization: Bearer {site.facts['api_key']}" if ask.is_api else cookies,
        "Accept: text/html",
    ]
    if ask.json:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    if ask.form is not None:
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Origin: http://127.0.0.1:{site.port}",
        ]
        lines += ["HX-Request: true"] if ask.in_place else []
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _read_answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in filter(None, head[1:]):
        name, _, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    status = int(head[0].split()[1])
    if status in {204, 304}:
        return Answer(status, headers, b"")
    if "content-length" in headers:
        return Answer(status, headers, await reader.readexactly(int(headers["content-length"][0])))
    return Answer(status, headers, await _read_chunks(reader))


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return b"".join(parts)


def _keep_cookies(site: Site, answer: Answer) -> None:
    for line in answer.headers.get("set-cookie", []):
        name, _, value = line.partition(";")[0].partition("=")
        site.cookies[name] = value
