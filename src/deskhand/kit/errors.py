"""Refusals: sentences for the person who reads them, the same in page, API and command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class DomainError(Exception):
    """A rule of the desk says no; nothing was changed.

    Subclasses stand beside the function that raises them and set ``code`` (stable, for the API) and ``message``
    (what happened and what to do). ``field`` names the form field it belongs to, where it belongs to one.
    """

    code = "refused"
    message: str | StrPromise = "This is not possible."
    status = 409
    field: str | None = None

    def __init__(self, message: str | StrPromise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The person may see the record, but not do this with it."""

    code = "not_allowed"
    message: str | StrPromise = "You may not do this. Ask an administrator of the app for the right."
    status = 403
