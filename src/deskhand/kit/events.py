"""Facts: what happened, told by the app it happened in to apps that it does not know.

A fact is a frozen dataclass in the ``events.py`` of its app. ``publish`` calls the listeners of its class: those of
``@on`` at once, inside the transaction, so that what they write stands or falls with the fact; those of ``@after``
once the transaction is committed, for wake-up calls and nudges that may be lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

Listener = Callable[[Any], None]
Listening = TypeVar("Listening", bound=Listener)

_inside: dict[type, list[Listener]] = defaultdict(list)
_afterwards: dict[type, list[Listener]] = defaultdict(list)


def on(*facts: type) -> Callable[[Listening], Listening]:
    """Listen to facts inside their transaction."""
    return _subscribe(_inside, facts)


def after(*facts: type) -> Callable[[Listening], Listening]:
    """Listen to facts once they are committed. A failure here is logged and harms nobody else."""
    return _subscribe(_afterwards, facts)


def publish(fact: object) -> None:
    """Tell everybody who listens. Call it inside the transaction that makes the fact true."""
    for listener in _inside[type(fact)]:
        listener(fact)
    for listener in _afterwards[type(fact)]:
        transaction.on_commit(_call(listener, fact), robust=True)


def _call(listener: Listener, fact: object) -> Callable[[], None]:
    return lambda: listener(fact)


def _subscribe(listeners: dict[type, list[Listener]], facts: tuple[type, ...]) -> Callable[[Listening], Listening]:
    def register(listener: Listening) -> Listening:
        for fact in facts:
            listeners[fact].append(listener)
        return listener

    return register
