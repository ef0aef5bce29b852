"""What can be watched, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from deskhand.kit.keys import key_of


@dataclass(frozen=True)
class Topic:
    """A family of things to watch: ``ticket`` for ``ticket.42``. ``may_watch`` gets the user and the id.

    ``shows_presence``: colleagues who look at the same thing are told of each other.
    """

    name: str
    may_watch: Callable[[Any, int], bool]
    shows_presence: bool = False


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


#: Everybody's own: something waits for them.
register_topic(Topic("bell", lambda user, pk: bool(user.pk == pk)))
