from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deskhand.base.chatter.models import Message


@dataclass(frozen=True)
class MessagePosted:
    """A message, note or change stands in the chatter of ``record``.

    ``record`` is the business record. ``recipients`` are the contacts who shall get it by mail, without the author;
    ``mentioned`` those who are called by name in it; ``concerned`` those whom the change gives the record to.
    ``announces``: the record is new, and nothing but this entry tells so those who follow what it belongs to.
    """

    message: Message
    record: Any
    recipients: tuple[int, ...] = field(default=())
    mentioned: tuple[int, ...] = field(default=())
    concerned: tuple[int, ...] = field(default=())
    announces: bool = False


@dataclass(frozen=True)
class NoteChanged:
    """A note of ``record`` was edited or deleted (``message.deleted_at``)."""

    message: Message
    record: Any


@dataclass(frozen=True)
class FollowersRemoved:
    """Some follow ``record`` no more: what they saw because they did, they may not see any longer."""

    record: Any
