"""Places that an app leaves open on its pages, for apps that it does not know.

The owner of a page declares a place with the shape of what it takes::

    TICKET_TABS: Place[TicketTab] = Place("tickets.tabs")

and any higher app fills it from its ``panels.py`` (imported by ``AppConfig.ready``)::

    TICKET_TABS.add(TicketTab(key="mails", ...), order=40)

What stands in a place is always listed in the same order: by ``order``, then by the time it was added.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Panel = TypeVar("Panel")


class Place(Generic[Panel]):
    """An ordered list of panels of one shape."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._panels: list[tuple[int, Panel]] = []

    def add(self, panel: Panel, *, order: int = 50) -> Panel:
        """Put a panel into the place; lower ``order`` comes first."""
        self._panels.append((order, panel))
        self._panels.sort(key=lambda entry: entry[0])
        return panel

    def __iter__(self) -> Iterator[Panel]:
        return (panel for _, panel in self._panels)

    def __len__(self) -> int:
        return len(self._panels)

    def __repr__(self) -> str:
        return f"<Place {self.name}: {len(self)} panels>"
