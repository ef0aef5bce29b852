"""What can be watched, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from deskhand.kit.keys import key_of


@dataclass(frozen=True)
class Topic:
    """A family of things to watch: ``ticket`` for ``ticket.42``. ``may_watch`` gets the user and the id.

    ``shows_presence``: colleagues who look at the same thing are told of each other. ``opened_by``: which of its things
    the token of a personal link opens, for those who have no account; None: none, or not any more.
    """

    name: str
    may_watch: Callable[[Any, int], bool]
    shows_presence: bool = False
    opened_by: Callable[[str], int | None] | None = None


_topics: dict[str, Topic] = {}


def register_topic(topic: Topic) -> None:
    _topics[topic.name] = topic


def topics() -> Iterator[Topic]:
    """Every family of things that can be watched."""
    return iter(_topics.values())


def may_watch(user: Any, address: str) -> bool:
    """Whether a user may be told when ``address`` changes; False for what is not an address."""
    name, _, key = address.partition(".")
    topic = _topics.get(name)
    pk = key_of(key)
    return bool(topic and pk is not None and user.is_authenticated and topic.may_watch(user, pk))


def may_be_present(user: Any, address: str) -> bool:
    """Whether a user shows up among those who look at ``address``, and sees the others: never a customer."""
    topic = _topics.get(address.partition(".")[0])
    return bool(topic and topic.shows_presence and user.is_internal and may_watch(user, address))


def opened_by(token: str) -> list[str]:
    """Addresses that a personal link opens, as ``letters.42``: whoever has it may watch them. One query."""
    opened = ((topic.name, topic.opened_by(token)) for topic in topics() if topic.opened_by)
    return [f"{name}.{pk}" for name, pk in opened if pk is not None]


#: Everybody's own: something waits for them.
register_topic(Topic("bell", lambda user, pk: bool(user.pk == pk)))
