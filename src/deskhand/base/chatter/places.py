"""What the conversation leaves open for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from deskhand.kit.panels import Place
from deskhand.kit.ui.shapes import Badge

#: Each gets the ids of the messages on a page and answers marks for some of them (*Delivered to 2*, *Not delivered*):
#: message id → badge. One query at most.
MESSAGE_MARKS: Place[Callable[[Sequence[int]], Mapping[int, Badge]]] = Place("chatter.message_marks")
