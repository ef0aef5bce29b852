"""One company's desk, and everybody at its doors. Nothing that is done there lasts longer than its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils.html import escape

from deskhand.base.keys.testing import make_secret
from deskhand.kit.api.callers import known_scopes
from tests.rights.discovery import offered
from tests.rights.people import Person, make_people
from tests.rights.things import MARK, make_things, mark_of

#: Things that lists call by another one.
_SHOWN_AS = {"time_off": "employee", "incoming": "ticket"}
_MARKS = re.compile(rf"{MARK}[a-z]+")


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes


@dataclass
class World:
    """``leaks``: mark, person and question of every answer in which a mark stood."""

    people: dict[str, Person]
    things: dict[str, Any]
    leaks: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._browsers = {name: person.at_pages() for name, person in self.people.items()}
        self._programs = {name: person.at_the_api() for name, person in self.people.items()}
        self._narrow: dict[str, Person] = {}
        self._pages: dict[tuple[str, ...], bytes] = {}

    # ---- asking -----------------------------------------------------------------------------------------------------

    def ask(self, question: str, person: Person, method: str, url: str, typed: str = "") -> Answer:
        """What a page answers."""
        return self._asked(question, person, self._browsers, lambda client: _sent(client, method, url, typed))

    def ask_the_api(self, question: str, person: Person, method: str, url: str, body: Any = "") -> Answer:
        """What the API answers. ``body``: JSON, or a file."""

        def call(client: Client) -> Any:
            if isinstance(body, bytes):
                return client.generic(method, url, body, "image/png")
            if isinstance(body, str):
                return client.generic(method, url, body, "application/json")
            body.seek(0)
            return client.post(url, {"file": body})

        return self._asked(question, person, self._programs, call)

    def changes(self, person: Person, url: str, typed: str, record: Model, *, of_archive: bool) -> bool:
        """Whether posting something changes a record. ``of_archive``: it is put there before."""
        states: list[Any] = []

        def call(client: Client) -> Any:
            if of_archive:
                _put_aside(record)
            states.append(_state_of(record))
            response = _sent(client, "POST", url, typed)
            states.append(_state_of(record))
            return response

        self._asked(f"POST {url} {typed}", person, self._browsers, call)
        return bool(states[0] != states[1])

    def page(self, person: Person, url: str, typed: str = "") -> bytes:
        """The page at an address, empty if the person does not get it; posted if something is typed. Asked once."""
        key = (person.name, url, typed)
        if key not in self._pages:
            answer = self.ask(url, person, "POST" if typed else "GET", url, typed)
            self._pages[key] = answer.body if answer.status == 200 else b""
        return self._pages[key]

    def rows_of_the_api(self, person: Person, url: str) -> set[Any]:
        """The keys of what a list of the API answers. Asked once."""
        key = (person.name, "api", url)
        if key not in self._pages:
            self._pages[key] = self.ask_the_api(url, person, "GET", url).body
        return _keys_in(self._pages[key])

    def _asked(self, question: str, person: Person, clients: dict[str, Client], call: Any) -> Answer:
        client, before = clients[person.name], clients[person.name].cookies
        client.cookies = SimpleCookie({name: morsel.value for name, morsel in before.items()})
        cache.clear()  # what the public may do is counted there
        with transaction.atomic():
            answer = _answer(call(client))
            transaction.set_rollback(True)
        client.cookies = before
        if MARK.encode() in answer.body:
            found = _MARKS.findall(answer.body.decode(errors="replace"))
            self.leaks |= {(mark, person.name, question) for mark in found if mark not in question}
        return answer

    def leaks_of(self, kept: set[tuple[str, str]]) -> list[tuple[str, str, str]]:
        """Who read, at which door, a mark that is kept from them."""
        return sorted(leak for leak in self.leaks if leak[:2] in kept)

    def too_narrow(self, scope: str) -> Person:
        """A program of the administrator that may do everything but what the scope says."""
        if scope not in self._narrow:
            kind, _colon, verb = scope.partition(":")
            others = known_scopes() - {scope} - ({f"{kind}:write"} if verb != "read" else set())
            name, admin = f"all but {scope}", self.people["admin"].user
            assert admin
            self._narrow[scope] = Person(name, admin, make_secret(admin, *others))
            self._programs[name] = self._narrow[scope].at_the_api()
        return self._narrow[scope]

    # ---- what lines name --------------------------------------------------------------------------------------------

    def typed(self, value: Any) -> Any:
        """``@stage``: the key of that thing; anything else as it is."""
        return self.things[value[1:]].pk if isinstance(value, str) and value.startswith("@") else value

    def shown_as(self, thing: str) -> str:
        """What a list shows of a thing and of nothing else: its mark, or what it is called."""
        thing = _SHOWN_AS.get(thing, thing)
        name = str(getattr(self.things[thing], "name", ""))
        return escape(name) if name and MARK not in name else mark_of(thing)

    def offers(self) -> dict[str, tuple[str, str]]:
        return offered()


def _sent(client: Client, method: str, url: str, typed: str) -> Any:
    return client.generic(method, url, typed, "application/x-www-form-urlencoded")


def _put_aside(record: Model) -> None:
    names = {field.name for field in record._meta.get_fields()}
    value = {"is_archived": True} if "is_archived" in names else {"is_active": False}
    type(record)._default_manager.filter(pk=record.pk).update(**value)


def _state_of(record: Model) -> Any:
    """All its columns, and what it is linked to; None: it is not there."""
    row = type(record)._default_manager.filter(pk=record.pk).values().first()
    links = {link.name: sorted(getattr(record, link.name).values_list("pk", flat=True)) for link in _links(record)}
    return row and row | links


def _links(record: Model) -> Any:
    return record._meta.many_to_many


def _answer(response: Any) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else bytes(response.content)
    return Answer(response.status_code, response.headers.get("Location", ""), body)


def _keys_in(body: bytes) -> set[Any]:
    answer = json.loads(body or b"{}")
    return {row["id"] for row in answer.get("items", [])}


def made() -> Iterator[World]:
    """For a fixture: a world, and nothing left of it afterwards."""
    with transaction.atomic():
        company, people = make_people()
        yield World(people, make_things(company, {name: one.user for name, one in people.items() if one.user}))
        transaction.set_rollback(True)
