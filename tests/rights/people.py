"""The columns of the table: who stands at the doors.

The first ten have a word in every line. Those in :data:`LIKE` are answered as one of them where a line does not say
otherwise (``watcher:200``): so a new person costs only the words that differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_settings_admin, make_user
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.keys.testing import make_secret

#: ``stranger``: not signed in, and whoever holds a link where the line's thing is one (``token``). ``neighbour``: has a
#: portal account and follows nothing. ``customer``: has one and follows ``ticket``, ``company_ticket`` and
#: ``archived``. ``idle``: works in the company without any role. ``settings``: administers companies and users.
#: ``foreign``, ``foreign_admin``: member and administrator of the Helpdesk in another company. ``member``: works in the
#: Helpdesk. ``guest``: does so and follows ``hidden``, a ticket of a private team. ``admin``: administers the Helpdesk.
PEOPLE = (
    "stranger", "neighbour", "customer", "idle", "settings", "foreign", "foreign_admin", "member", "guest", "admin",
)  # fmt: skip
#: ``watcher``: works in the Helpdesk and follows the private team. ``key``: a program with an API key of ``admin`` that
#: may only read tickets; to pages it is a stranger.
LIKE = {"watcher": "guest", "key": "stranger"}
EVERYBODY = (*PEOPLE, *LIKE)
NARROW_SCOPE = "tickets:read"


@dataclass
class Person:
    """Somebody at a door. ``secret`` is their API key, if they have one."""

    name: str
    user: User | None
    secret: str = ""

    @property
    def seen_user(self) -> Any:
        """Whom pages and sockets see: a program without a session is nobody to them."""
        return AnonymousUser() if self.user is None or self.name == "key" else self.user

    def at_pages(self) -> Client:
        """A browser; a program without a session, but with its key in the header."""
        client = self._with_key() if self.name == "key" else Client(raise_request_exception=False)
        if self.user is not None and self.name != "key":
            client.force_login(self.user)
        return client

    def at_the_api(self) -> Client:
        """By a key that may do everything that its owner may; customers, who cannot make any, by their session."""
        return self._with_key() if self.secret else self.at_pages()

    def _with_key(self) -> Client:
        client = Client(raise_request_exception=False)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.secret}"
        return client


def make_people() -> tuple[Company, dict[str, Person]]:
    """Everybody, and the company that most of them belong to."""
    company, elsewhere = make_company(), make_company()
    users: dict[str, User] = {
        "neighbour": make_portal_user(company, name="Neighbour Lindqvist"),
        "customer": make_portal_user(company, name="Customer Lindqvist"),
        "idle": make_user(company=company, role=Role.NONE, name="Idle Lindqvist"),
        "settings": make_settings_admin(company, name="Settings Lindqvist"),
        "foreign": make_agent(elsewhere, name="Foreign Lindqvist"),
        "foreign_admin": make_admin(elsewhere, name="Foreign Admin Lindqvist"),
        "member": make_agent(company, name="Member Lindqvist"),
        "guest": make_agent(company, name="Guest Lindqvist"),
        "admin": make_admin(company, name="Admin Lindqvist"),
        "watcher": make_agent(company, name="Watcher Lindqvist"),
    }
    people = {"stranger": Person("stranger", None)}
    people |= {name: Person(name, user, make_secret(user) if user.is_internal else "") for name, user in users.items()}
    people["key"] = Person("key", users["admin"], make_secret(users["admin"], NARROW_SCOPE))
    return company, people


def words_of(says: str, *, otherwise: dict[str, str] | None = None) -> dict[str, str]:
    """The answer that a line expects for everybody. ``otherwise``: those of :data:`LIKE` that differ in all lines of
    a kind.

    :raises ValueError: a word is missing or one too many.
    """
    words = says.split()
    own, named = words[: len(PEOPLE)], words[len(PEOPLE) :]
    answers = dict(zip(PEOPLE, own, strict=True))
    answers |= {name: answers[like] for name, like in LIKE.items()} | (otherwise or {})
    for word in named:
        name, colon, answer = word.partition(":")
        if not colon or name not in LIKE:
            raise ValueError(f"{word!r} in {says!r} is no word of anybody.")
        answers[name] = answer
    return answers
