"""What the contacts' pages leave open for others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from deskhand.base.contacts.models import Contact
from deskhand.kit.panels import Place
from deskhand.kit.screens import Column
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.ui.shapes import Badge, HeaderButton, SmartButton

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Each gets the contact and the user and answers a button, or None when there is nothing to show.
CONTACT_SMART_BUTTONS: Place[Callable[[Contact, Any], SmartButton | None]] = Place("contacts.smart_buttons")
#: Each gets the contact and the user and answers something that can be done now, or None.
CONTACT_HEADER_BUTTONS: Place[Callable[[Contact, Any], HeaderButton | None]] = Place("contacts.header_buttons")
#: Each gets the contact and answers a word beside its name, or None. One query at most.
CONTACT_BADGES: Place[Callable[[Contact], Badge | None]] = Place("contacts.badges")
#: What higher apps let people do with many contacts at once.
CONTACT_MASS_ACTIONS: Place[MassAction] = Place("contacts.mass_actions")
#: Columns of the list of contacts that belong to higher apps; each loads what it shows by one query at most.
CONTACT_COLUMNS: Place[Column] = Place("contacts.columns")


@dataclass(frozen=True)
class Reference:
    """What of an app points to contacts. ``fields`` are its columns: a test finds those that nobody declared.

    ``move`` lets everything of the merged contacts (ids) point to the survivor (id), and answers how much there was. It
    runs in the transaction of the merge; what it refuses, it refuses before it changes anything. ``label`` says in the
    record of the merge what was moved.
    """

    label: str | StrPromise
    fields: tuple[tuple[type[Model], str], ...]
    move: Callable[[int, Sequence[int]], int]


#: Filled by every app that points to contacts; lower ``order`` is asked first.
CONTACT_REFERENCES: Place[Reference] = Place("contacts.references")


def plain_reference(label: str | StrPromise, model: type[Model], field: str) -> Reference:
    """A column that may name the same contact many times: one UPDATE moves it."""

    def move(survivor: int, merged: Sequence[int]) -> int:
        rows = model._default_manager.filter(**{f"{field}__in": merged})  # noqa: SLF001  # of any model
        return rows.update(**{field: survivor})

    return Reference(label, ((model, field),), move)
