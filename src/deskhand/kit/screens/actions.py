"""What can be done with many records at once, declared by screens and by the panels of higher apps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from deskhand.kit.errors import DomainError
from deskhand.kit.shell import everybody

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest
    from django_stubs_ext import StrPromise

    from deskhand.kit.screens.record import RecordScreen


class ChangedSince(DomainError):
    code = "changed_since"
    message = _("It was changed again since then, so it stays as it is.")


class CannotBeUndone(DomainError):
    code = "cannot_be_undone"
    message = _("This cannot be taken back.")


@dataclass(frozen=True)
class Doing:
    """Who does it, when, and with what was typed into the action's form (cleaned).

    ``request`` is the person's own, or, in the worker, one that stands for it: user and language, nothing else.
    """

    request: HttpRequest
    at: datetime
    values: Mapping[str, Any]

    @property
    def user(self) -> Any:
        return self.request.user


def _changed(count: int) -> str:
    return ngettext("%(count)s record changed.", "%(count)s records changed.", count) % {"count": count}


@dataclass(frozen=True)
class MassAction:
    """An entry of the menu *Actions* of a list.

    ``do`` makes one service call for one record, in a transaction of its own, and answers what ``undo`` needs to take
    it back (any JSON but null), or None: it was so already. What a service refuses is listed with its sentence.
    ``undo`` gets the record and that answer; without it there is no **Undo**. ``form``: what has to be typed first, a
    pop-up; it is made with the user (and what was posted), and cleaned again by the worker.

    ``done``: what a toast says of so many records. ``is_for_archived``: offered only where archived records are
    listed (True), or are not (False). ``confirm``: a sentence to agree to first.
    """

    key: str
    label: str | StrPromise
    icon: str
    do: Callable[[Any, Doing], Any]
    undo: Callable[[Any, Any, Doing], None] | None = None
    form: Callable[..., forms.Form] | None = None
    done: Callable[[int], str] = _changed
    shown_to: Callable[[Any], bool] = everybody
    is_for_archived: bool | None = None
    confirm: str | StrPromise = ""
    is_destructive: bool = False

    def is_offered(self, user: Any, *, among_archived: bool) -> bool:
        return self.is_for_archived in {None, among_archived} and self.shown_to(user)


def archive_actions(screen: RecordScreen[Any]) -> Sequence[MassAction]:
    """*Archive* and *Restore*, by what the screen does for one record."""

    def set_archived(record: Any, doing: Doing, *, archived: bool) -> bool | None:
        screen.refuse_change(doing.user, record)
        if screen.is_archived(record) == archived:
            return None
        (screen.archive if archived else screen.restore)(doing.request, record)
        return True

    def archive(record: Any, doing: Doing) -> bool | None:
        return set_archived(record, doing, archived=True)

    def restore(record: Any, doing: Doing) -> bool | None:
        return set_archived(record, doing, archived=False)

    may = screen.may_create
    return [
        MassAction(
            "archive", _("Archive"), "archive", archive, back_by(restore), done=archived, shown_to=may,
            is_for_archived=False,
        ),
        MassAction(
            "restore", _("Restore"), "archive-off", restore, back_by(archive), done=restored, shown_to=may,
            is_for_archived=True,
        ),
    ]  # fmt: skip


def back_by(do: Callable[[Any, Doing], Any]) -> Callable[[Any, Any, Doing], None]:
    """Takes back by doing the opposite; what is so already was changed by somebody else."""

    def undo(record: Any, _before: Any, doing: Doing) -> None:
        if do(record, doing) is None:
            raise ChangedSince

    return undo


def archived(count: int) -> str:
    return ngettext("%(count)s record archived.", "%(count)s records archived.", count) % {"count": count}


def restored(count: int) -> str:
    return ngettext("%(count)s record restored.", "%(count)s records restored.", count) % {"count": count}


def delete_action(screen: RecordScreen[Any]) -> MassAction:
    """*Delete*, of records that the policy lets go; what still belongs to something is refused, one by one."""

    def delete(record: Any, doing: Doing) -> bool:
        screen.refuse_deletion(doing.user, record)
        screen.delete(doing.request, record)
        return True

    return MassAction(
        "delete", _("Delete"), "trash", delete, done=_deleted, is_destructive=True, shown_to=screen.may_delete_some,
        confirm=_("Delete the chosen records? This cannot be undone."),
    )  # fmt: skip


def _deleted(count: int) -> str:
    return ngettext("%(count)s record deleted.", "%(count)s records deleted.", count) % {"count": count}
