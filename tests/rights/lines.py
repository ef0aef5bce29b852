"""The kinds of lines of the table. Each names the doors it is about, and asks them for one person."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache as once
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deskhand.config.api import api
from deskhand.kit import records
from deskhand.kit.api.door import description_of
from deskhand.kit.screens.live import rows_address
from tests.rights.addresses import address_of
from tests.rights.connection import is_present, opened_by_link, watched_by
from tests.rights.people import Person, words_of
from tests.rights.things import mark_of
from tests.rights.world import Answer, World

SIGN_IN = "/account/login/"
YES, NO = "yes", "-"


@dataclass(frozen=True)
class Line:
    """``says``: one word for each of ``PEOPLE``, then ``name:word`` for others who are answered differently."""

    def doors(self) -> list[str]:
        """What discovery calls the doors of this line, such as ``page tickets:list``."""
        raise NotImplementedError

    def expected(self) -> dict[str, str]:
        """Question (the door, and about what) and person → answer: ``page GET tickets:list · member``."""
        raise NotImplementedError

    def answers(self, world: World) -> dict[str, str]:
        """What the house really answers, by the same keys."""
        raise NotImplementedError


@dataclass(frozen=True)
class Door(Line):
    """A page. The words are the status, or ``sign``: to the sign-in. ``data`` is what is posted; ``@stage`` stands for
    the key of that thing. ``thing`` is what the address is about (:mod:`tests.rights.addresses`).
    """

    view: str
    says: str
    thing: str = ""
    method: str = "GET"
    data: tuple[tuple[str, str], ...] = ()

    def doors(self) -> list[str]:
        return [f"page {self.view}"]

    def expected(self) -> dict[str, str]:
        return {f"{self} · {name}": word for name, word in words_of(self.says).items()}

    def answers(self, world: World) -> dict[str, str]:
        url = address_of(self.view, self.thing, world.things)
        typed = urlencode([(name, world.typed(text)) for name, text in self.data])
        return {
            f"{self} · {person.name}": _status(world.ask(str(self), person, self.method, url, typed))
            for person in world.people.values()
        }

    def __str__(self) -> str:
        posted = " ".join(f"{name}={text}" for name, text in self.data)
        return f"{self.method} {self.view} {self.thing} {posted}".strip()


def _status(answer: Answer) -> str:
    to_sign_in = answer.status == 302 and answer.location.startswith(SIGN_IN)
    return "sign" if to_sign_in else str(answer.status)


@dataclass(frozen=True)
class Operation(Line):
    """A call of the API. The words are statuses; a key without the scope is told so (403) unless the line says more."""

    name: str
    says: str
    thing: str = ""
    body: dict[str, Any] = field(default_factory=dict)

    def doors(self) -> list[str]:
        return [f"api {self.name}"]

    def expected(self) -> dict[str, str]:
        return {f"{self} · {name}": word for name, word in words_of(self.says, otherwise={"key": "403"}).items()}

    def answers(self, world: World) -> dict[str, str]:
        return {f"{self} · {person.name}": str(self.call(world, person).status) for person in world.people.values()}

    def call(self, world: World, person: Person) -> Any:
        method, path, _scope = operations()[self.name]
        for name in ("contact", "other_contact", "delivery", "address", "day"):
            path = path.replace(f"{{{name}}}", str(world.things[name].pk))
        if self.thing:
            path = path.replace("{pk}", str(world.things[self.thing].pk))
        path += asked_of(self.name)
        if self.name in _FILES:
            return world.ask_the_api(str(self), person, method, path, SimpleUploadedFile(*_FILES[self.name]))
        if self.name in _PICTURES:
            return world.ask_the_api(str(self), person, method, path, PNG)
        body = _filled(self.body, world)
        return world.ask_the_api(str(self), person, method, path, json.dumps(body) if body else "")

    def __str__(self) -> str:
        return f"api {self.name} {self.thing}".strip()


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60
_PICTURES = frozenset({"employees-put-photo", "companies-put-logo"})
_FILES = {"attachments-create": ("plan.txt", b"plan"), "imports-create": ("people.csv", b"Name\nZoe\n")}


def _filled(value: Any, world: World) -> Any:
    """With the key of the thing for ``@thing``, however deep it stands."""
    if isinstance(value, dict):
        return {name: _filled(inner, world) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, world) for inner in value]
    return world.typed(value)


@once
def asked_of(name: str) -> str:
    """What an operation has to be asked: of each parameter that it wants the first word that it knows."""
    wanted = [one for one in _described()[name]["parameters"] if one["in"] == "query" and one["required"]]
    kinds = [(one["name"], one["schema"].get("items", one["schema"])) for one in wanted]
    query = {key: kind.get("const") or kind.get("enum", ["contacts"])[0] for key, kind in kinds}
    return f"?{urlencode(query)}" if query else ""


@once
def _described() -> dict[str, Any]:
    of_paths = description_of(api)["paths"].values()
    return {operation["operationId"]: operation for of_path in of_paths for operation in of_path.values()}


@once
def operations() -> dict[str, tuple[str, str, str]]:
    """Name of each operation → method, path, scope."""
    return {
        operation["operationId"]: (method.upper(), path, operation["x-scope"])
        for path, of_path in description_of(api)["paths"].items()
        for method, operation in of_path.items()
    }


@dataclass(frozen=True)
class Rows(Line):
    """A record at all the doors where records of its kind come up: ``yes`` for those who see it there, ``-`` for those
    who do not (whether the door is closed to them, or the record is not behind it).

    ``at``: ``list tickets:list`` (with ``?filter=…`` where needed), ``export tickets:list``, ``rows tickets`` (the list
    of the API), ``search tickets``, ``palette tickets``, ``socket ticket`` (``socket rows``: its list),
    ``presence ticket``, ``record tickets.Ticket`` (the gate of messages, files, activities and mails), ``model
    tickets.Ticket`` (``visible_to``).
    """

    thing: str
    says: str
    at: tuple[str, ...]

    def doors(self) -> list[str]:
        return [door.partition("?")[0] for door in self.at]

    def expected(self) -> dict[str, str]:
        words = words_of(self.says)
        return {f"{door} {self.thing} · {name}": word for door in self.at for name, word in words.items()}

    def answers(self, world: World) -> dict[str, str]:
        return {
            f"{door} {self.thing} · {person.name}": YES if _is_at(door, self.thing, person, world) else NO
            for door in self.at
            for person in world.people.values()
        }


def _is_at(door: str, thing: str, person: Person, world: World) -> bool:
    kind, _, name = door.partition(" ")
    return _LOOKS[kind](name, thing, person, world)


def _in_list(name: str, thing: str, person: Person, world: World) -> bool:
    route, _, query = name.partition("?")
    body = world.page(person, f"{reverse(route)}?{query}")
    return _shows(body, thing, world)


def _in_export(name: str, thing: str, person: Person, world: World) -> bool:
    route, _, query = name.partition("?")
    typed = urlencode({"format": "csv", "every_column": "1"})
    return _shows(world.page(person, f"{reverse(f'{route}-export')}?{query}", typed), thing, world)


def _in_rows(name: str, thing: str, person: Person, world: World) -> bool:
    key, _, query = name.partition("?")
    _method, path, _scope = operations()[f"{key}-list"]
    found = world.rows_of_the_api(person, f"{path}?{query}")
    return world.things[thing].pk in found


def _in_search(name: str, thing: str, person: Person, world: World) -> bool:
    typed = urlencode({"q": mark_of(thing), "in": name})
    return f'href="{_url_of(thing, world)}'.encode() in world.page(person, f"{reverse('home:search')}?{typed}")


def _in_palette(name: str, thing: str, person: Person, world: World) -> bool:
    del name
    typed = urlencode({"q": mark_of(thing)})
    return f'"{_url_of(thing, world)}'.encode() in world.page(person, f"{reverse('home:palette')}?{typed}")


def _on_socket(name: str, thing: str, person: Person, world: World) -> bool:
    record = world.things[thing]
    address = rows_address(type(record)) if name == "rows" else f"{name}.{record.pk}"
    return address in watched_by(person.seen_user, address)


def _is_present(name: str, thing: str, person: Person, world: World) -> bool:
    return is_present(person.seen_user, f"{name}.{world.things[thing].pk}")


def _is_record(name: str, thing: str, person: Person, world: World) -> bool:
    del name
    record = world.things[thing]
    return records.find_visible(person.seen_user, records.content_type_id(record), record.pk) is not None


def _in_model(name: str, thing: str, person: Person, world: World) -> bool:
    del name
    record = world.things[thing]
    return bool(type(record)._default_manager.visible_to(person.seen_user).filter(pk=record.pk).exists())


_LOOKS = {
    "list": _in_list,
    "export": _in_export,
    "rows": _in_rows,
    "search": _in_search,
    "palette": _in_palette,
    "socket": _on_socket,
    "presence": _is_present,
    "record": _is_record,
    "model": _in_model,
}


def _shows(body: bytes, thing: str, world: World) -> bool:
    mark = world.shown_as(thing)
    return mark.encode() in body


def _url_of(thing: str, world: World) -> str:
    record = world.things[thing]
    return records.type_of(record).url(record)


@dataclass(frozen=True)
class Link(Line):
    """The socket of the page behind a personal link: ``yes`` where ``token`` opens ``thing``. Who is signed in there
    does not matter, so each word is that of whoever holds the token.
    """

    topic: str
    token: str
    thing: str
    says: str

    def doors(self) -> list[str]:
        return [f"link {self.topic}"]

    def expected(self) -> dict[str, str]:
        return {f"{self} · {name}": word for name, word in words_of(self.says).items()}

    def answers(self, world: World) -> dict[str, str]:
        cache.clear()  # everybody comes from one address of the net here
        address = f"{self.topic}.{world.things[self.thing].pk}"
        opened = {person: opened_by_link(world.things[self.token]) for person in world.people}
        return {f"{self} · {person}": YES if found == [address] else NO for person, found in opened.items()}

    def __str__(self) -> str:
        return f"link {self.topic} {self.token} {self.thing}"


@dataclass(frozen=True)
class Offer(Line):
    """What menus and palette offer: ``yes`` for those who are led there. Whoever is, comes in.

    ``to``: the name of a route, with ``?filter=…`` where the entry has one. ``title`` is what it is called.
    """

    to: str
    says: str
    kind: str = "menu"

    def doors(self) -> list[str]:
        return [f"{self.kind} {self.to}"]

    def expected(self) -> dict[str, str]:
        return {f"{self.kind} {self.to} · {name}": word for name, word in words_of(self.says).items()}

    def answers(self, world: World) -> dict[str, str]:
        return {
            f"{self.kind} {self.to} · {person.name}": self._answer(world, person) for person in world.people.values()
        }

    def _answer(self, world: World, person: Person) -> str:
        url, title = world.offers()[f"{self.kind} {self.to}"]
        offered = f'href="{url}"'.encode() in world.page(person, f"{reverse('home:palette')}?{urlencode({'q': title})}")
        if not offered:
            return NO
        return YES if world.page(person, url.replace("&amp;", "&")) else "shut"


@dataclass(frozen=True)
class Mass(Line):
    """What is done with chosen records of a list: ``yes`` for those who change ``thing`` with it, ``-`` for those who
    do not. ``action`` names list and action: ``tickets:list archive``. What restores finds the thing in the archive.
    """

    action: str
    says: str
    thing: str
    data: tuple[tuple[str, str], ...] = ()

    def doors(self) -> list[str]:
        return [f"mass {self.action}"]

    def expected(self) -> dict[str, str]:
        return {f"{self} · {name}": word for name, word in words_of(self.says).items()}

    def answers(self, world: World) -> dict[str, str]:
        return {
            f"{self} · {person.name}": YES if self._changes(world, person) else NO for person in world.people.values()
        }

    def _changes(self, world: World, person: Person) -> bool:
        screen, _, key = self.action.partition(" ")
        record = world.things[self.thing]
        data = {name: world.typed(text) for name, text in self.data}
        typed = urlencode({"action": key, "pk": record.pk, "go": "1"} | data)
        return world.changes(person, reverse(f"{screen}-mass"), typed, record, of_archive=key == "restore")

    def __str__(self) -> str:
        return f"mass {self.action} {self.thing}"


@dataclass(frozen=True)
class Secret(Line):
    """The mark of a thing stands in no answer of any door of the table to those with ``-``, whatever was asked."""

    thing: str
    says: str

    def doors(self) -> list[str]:
        return []

    def expected(self) -> dict[str, str]:
        return {}

    def answers(self, world: World) -> dict[str, str]:
        return {}

    def kept_from(self) -> set[str]:
        return {name for name, word in words_of(self.says).items() if word == NO}
