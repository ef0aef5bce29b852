"""What doors, menus, places and models the house has, found where it keeps them: nobody has to list them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.urls import URLPattern, get_resolver
from django.utils.html import escape

from deskhand.config.api import api
from deskhand.kit import records
from deskhand.kit.addresses import page_address
from deskhand.kit.api.door import description_of
from deskhand.kit.live.topics import topics
from deskhand.kit.panels import Place
from deskhand.kit.screens.registry import screens
from deskhand.kit.search import ACTIONS, SEARCHES
from deskhand.kit.shell import APPS


def discovered() -> set[str]:
    """Everything that a line of the table has to name."""
    return {
        *(f"page {view}" for view in _views()),
        *_of_the_api(),
        *_of_screens(),
        *(f"{kind} {search.key}" for search in SEARCHES for kind in ("search", "palette")),
        *offered(),
        *_of_sockets(),
        *(f"record {known.model._meta.label}" for known in records.registered()),
        *(f"place {place.name}" for place in _places()),
        *(f"model {model._meta.label}" for model in apps.get_models() if _is_ours(model)),
    }


def _views() -> Iterator[str]:
    def walk(patterns: Any, namespace: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name or pattern.pattern}"
            elif pattern.namespace != "api":  # its operations are found in its own description
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)

    return walk(get_resolver().url_patterns, "")


def _of_the_api() -> Iterator[str]:
    for of_path in description_of(api)["paths"].values():
        for operation in of_path.values():
            name = operation["operationId"]
            yield f"api {name}"
            if name.endswith("-list"):
                yield f"rows {name.removesuffix('-list')}"


def _of_screens() -> Iterator[str]:
    for screen in screens():
        yield f"list {screen.list_url}"
        yield f"export {screen.list_url}"
        yield from (f"mass {screen.list_url} {action.key}" for action in screen.mass_actions())


def _of_sockets() -> Iterator[str]:
    for topic in topics():
        yield f"socket {topic.name}"
        if topic.shows_presence:
            yield f"presence {topic.name}"
        if topic.opened_by:
            yield f"link {topic.name}"


def offered() -> dict[str, tuple[str, str]]:
    """``menu teams:list``, ``action tickets:new`` → the address it leads to, as a page has it, and its title."""
    found = {}
    for app in APPS:
        found[f"menu {app.url_name}"] = (escape(page_address(app.url_name)), str(app.title))
        for entry in app.menu:
            query = f"?{entry.query}" if entry.query else ""
            url = escape(page_address(entry.url_name) + query)
            found.setdefault(f"menu {entry.url_name}{query}", (url, str(entry.title)))
    for action in ACTIONS:
        query = f"?{action.query}" if action.query else ""
        found[f"action {action.url_name}{query}"] = (
            escape(page_address(action.url_name) + query),
            str(action.title),
        )
    return found


def _places() -> Iterator[Place[Any]]:
    """Those of the house, not those that a test made for itself."""
    return (one for one in gc.get_objects() if type(one) is Place and not one.name.startswith("test"))


def _is_ours(model: type) -> bool:
    return model.__module__.startswith("deskhand.")
