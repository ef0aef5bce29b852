from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deskhand.base.chatter.models import Message


@dataclass(frozen=True)
class MessagePosted:
    """A message, note or change stands in the chatter of ``record``.

    ``record`` is the business record. ``recipients`` are the contacts who shall get it by mail, without the author.
    """

    message: Message
    record: Any
    recipients: tuple[int, ...] = field(default=())
