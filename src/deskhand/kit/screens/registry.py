"""All screens of the house, by the names of their routes: for the doors that serve any of them, and for work that
goes on when the page is gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import get_resolver, reverse

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

_screens: dict[str, ListScreen[Any]] = {}


def register(screen: ListScreen[Any]) -> None:
    """Each screen does so by itself when it is made; the last one of a route stays."""
    _screens[screen.list_url] = screen


def screens() -> Iterator[ListScreen[Any]]:
    """Every list of the house."""
    _ = get_resolver().url_patterns  # imports all pages
    return iter(_screens.values())


def screen_of(name: str) -> ListScreen[Any] | None:
    """The list with that route, or of an address: ``tickets.list`` for ``tickets:list``; None: there is none (more)."""
    _ = get_resolver().url_patterns  # imports all pages, which the worker has not done yet
    return _screens.get(name.replace(".", ":"))


def doors_of(screen: ListScreen[Any]) -> str:
    """Where the doors begin that every screen has (:mod:`deskhand.kit.screens.doors`)."""
    return _doors_of(screen.list_url.replace(":", "."), settings.ROOT_URLCONF)


@lru_cache(maxsize=512)
def _doors_of(name: str, _urlconf: str) -> str:
    return reverse("screens:suggestions", args=[name]).removesuffix("suggestions/")
