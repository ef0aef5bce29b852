"""Which lists there are, by the names of their routes: for work that goes on when the page is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import get_resolver

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

_screens: dict[str, ListScreen[Any]] = {}


def register(screen: ListScreen[Any]) -> None:
    _screens[screen.list_url] = screen


def screen_of(name: str) -> ListScreen[Any] | None:
    """The list with that route; None: there is none any more."""
    _ = get_resolver().url_patterns  # imports all pages, which the worker has not done yet
    return _screens.get(name)
