"""Lists that change by themselves: whoever looks at one is nudged when rows of its table were written, by whatever way.

Nothing has to be declared for it. What is written is seen where it goes to the database, so that no service can forget
to tell; the page then asks for itself again, and rights are checked again (``docs/decisions/0001-live-nudges.md``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model

from deskhand.kit.live import Topic, nudge, register_topic
from deskhand.kit.screens import registry

_OWN = "deskhand."
_WITHOUT_LISTS = "deskhand.kit."
_WRITING = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')


def start_watching() -> None:
    """From now on every connection to the database tells what it writes."""
    register_topic(Topic("rows", may_watch_rows))
    connection_created.connect(_watch, dispatch_uid="screens.live")


def rows_address(model: type[Model]) -> str:
    """What a list of these records watches."""
    return f"rows.{_key(model)}"


def tell_lists(model: type[Model]) -> None:
    """Tell those who look at lists of these records that something changed which they show, but do not hold."""
    nudge(rows_address(model))


def may_watch_rows(user: Any, key: int) -> bool:
    """Whether the user may open a list of these records."""
    return any(screen.may_open(user) for screen in registry.screens() if _key(screen.model) == key)


def _key(model: type[Model]) -> int:
    """A number for a table that every process knows without asking anybody."""
    return crc32(model._meta.db_table.encode())  # noqa: SLF001


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _tell_of_writing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_tell_of_writing)


def _tell_of_writing(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    answer = execute(sql, params, many, context)
    if isinstance(sql, str) and not sql.startswith("SELECT"):
        written = _WRITING.match(sql)
        address = _tables().get(written[1]) if written else None
        if address:
            nudge(address)
    return answer


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, str]:
    """Table → what its lists watch. A table of links belongs to the records that declare them."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta: Any = model._meta  # noqa: SLF001
        owner: type[Model] = meta.auto_created or model
        if owner.__module__.startswith(_OWN) and not owner.__module__.startswith(_WITHOUT_LISTS):
            found[str(meta.db_table)] = rows_address(owner)
    return found
