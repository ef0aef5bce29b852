"""What apps offer to the search of the whole desk and to the command palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from deskhand.kit.panels import Place
from deskhand.kit.shell import everybody

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Hit:
    """A record that was found. ``detail`` stands beside the title, ``excerpt`` (HTML) below it."""

    title: str
    url: str
    detail: str = ""
    excerpt: SafeString | None = None


@dataclass(frozen=True)
class Found:
    """A page of what was found. ``total`` is exact up to :data:`MOST`."""

    hits: Sequence[Hit]
    total: int


#: Nobody reads on after so many.
MOST = 1_000


@dataclass(frozen=True)
class Search:
    """Records of one kind that can be looked for. ``find`` answers from a place on, only what the user may see, the
    best first; it costs the same number of queries for one hit and many. ``key`` stands in addresses.
    """

    key: str
    title: str | StrPromise
    icon: str
    find: Callable[[Any, str, int, int], Found]
    shown_to: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class Action:
    """Something one can begin from anywhere: a page that makes or changes something."""

    title: str | StrPromise
    icon: str
    url_name: str
    shown_to: Callable[[Any], bool] = everybody
    query: str = ""


SEARCHES: Place[Search] = Place("search.searches")
ACTIONS: Place[Action] = Place("search.actions")
