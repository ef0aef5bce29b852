"""What can be watched, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deskhand.kit.keys import key_of


@dataclass(frozen=True)
class Topic:
    """A family of things to watch: ``ticket`` for ``ticket.42``. ``may_watch`` gets the user and the id."""

    name: str
    may_watch: Callable[[Any, int], bool]


_topics: dict[str, Topic] = {}


def register_topic(topic: Topic) -> None:
    _topics[topic.name] = topic


def may_watch(user: Any, address: str) -> bool:
    """Whether a user may be told when ``address`` changes; False for what is not an address."""
    name, _, key = address.partition(".")
    topic = _topics.get(name)
    pk = key_of(key)
    return bool(topic and pk is not None and user.is_authenticated and topic.may_watch(user, pk))
