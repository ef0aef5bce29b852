"""A list that has no page of its own, for resources that have one."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

from deskhand.kit.screens import ListScreen

Record = TypeVar("Record", bound=Model)


class PlainList(ListScreen[Record]):
    """What can be asked of it is declared as of a screen; nobody opens it."""

    list_url = record_url = ""

    def __init__(self) -> None:
        """It is in no register: it has no page."""

    def may_open(self, user: Any) -> bool:
        return bool(user.is_internal)

    def may_create(self, user: Any) -> bool:
        del user
        return False
