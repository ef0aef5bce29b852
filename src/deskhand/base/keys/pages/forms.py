"""What is typed about a new key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deskhand.kit.api.callers import READ, WRITE, scope_groups

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_NEVER = "never"
_WORDS: dict[str, StrPromise] = {
    READ: pgettext_lazy("what a key may do", "Read"),
    WRITE: _("Write"),
    "archival": _("Archive"),
    "assignment": _("Assign"),
    "closure": _("Close"),
    "followers": _("Followers"),
    "messages": _("Messages"),
    "notes": _("Notes"),
    "reading": _("Read again"),
    "sending": _("Send again"),
    "stage": _("Stage"),
}


@dataclass(frozen=True)
class ScopeBox:
    """A box to tick: the scope, and what it is called beside the kind of record."""

    scope: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class ScopeRow:
    title: str | StrPromise
    boxes: list[ScopeBox]


def scope_word(scope: str) -> str:
    """``closure`` of ``tickets:closure`` as people say it."""
    verb = scope.partition(":")[2]
    return str(_WORDS.get(verb, verb.replace("-", " ").capitalize()))


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What it is for, such as the name of the program that gets it."),
        error_messages={"required": _("Enter a name: what is the key for?")},
    )
    lifetime = forms.ChoiceField(
        label=_("Expires"),
        choices=[("30", _("In 30 days")), ("90", _("In 90 days")), ("365", _("In a year")), (_NEVER, _("Never"))],
        initial="365",
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), error_messages={"required": _("Tick at least one thing that the key may do.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = list(scope_groups())
        known = [(scope, scope) for group in self._groups for scope in group.scopes()]
        self.fields["scopes"].choices = known  # type: ignore[attr-defined]

    def scope_rows(self) -> Iterator[ScopeRow]:
        ticked = set(self["scopes"].value() or ())
        for group in self._groups:
            boxes = [ScopeBox(scope, scope_word(scope), scope in ticked) for scope in group.scopes()]
            yield ScopeRow(group.title, boxes)

    def expires_at(self, *, at: datetime) -> datetime | None:
        lifetime = self.cleaned_data["lifetime"]
        return None if lifetime == _NEVER else at + timedelta(days=int(lifetime))
