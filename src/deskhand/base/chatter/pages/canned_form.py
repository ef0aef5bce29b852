"""What is typed about a canned response."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.enums import Sharing
from deskhand.base.chatter.models import CannedResponse
from deskhand.base.chatter.places import AUDIENCES, WORDINGS
from deskhand.base.chatter.services.canned import CannedText
from deskhand.kit import records


class ShortcutField(forms.CharField):
    """A shortcut, also with the colon in front that it is typed and exported with."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value)).removeprefix(":")


class CannedForm(forms.Form):
    """``audience`` is a group as ``content type.id``; empty: none."""

    shortcut = ShortcutField(
        label=_("Shortcut"),
        max_length=40,
        error_messages={"required": _("Enter a shortcut.")},
        help_text=_("Typed with a colon in front: :refund"),
    )
    sharing = forms.ChoiceField(label=_("Used by"), choices=Sharing.choices)
    audience = forms.ChoiceField(label=_("Team"), required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Enter the text.")},
    )

    def __init__(self, *args: Any, user: Any, instance: CannedResponse | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {
            f"{records.content_type_id(kind.model)}.{one.pk}": one for kind in AUDIENCES for one in kind.choices(user)
        }
        if instance:
            self.initial = {**_values_of(instance), **self.initial}
        field: Any = self.fields["audience"]
        field.choices = [("", "–"), *((key, str(group)) for key, group in self._groups.items())]
        if not self._groups:
            del self.fields["audience"]
            sharing: Any = self.fields["sharing"]
            sharing.choices = [choice for choice in Sharing.choices if choice[0] != Sharing.GROUP]

    def typed(self) -> CannedText:
        data = self.cleaned_data
        group: Model | None = self._groups.get(data.get("audience", ""))
        return CannedText(data["shortcut"], data["text"], Sharing(data["sharing"]), group)


def placeholders() -> list[tuple[str, Any]]:
    """All placeholders that a text may hold, with what they stand for."""
    return [(f"{{{{ {name} }}}}", label) for wording in WORDINGS for name, label in wording.names.items()]


def _values_of(response: CannedResponse) -> dict[str, str]:
    audience = f"{response.audience_type_id}.{response.audience_id}" if response.audience_id else ""
    return {
        "shortcut": response.shortcut,
        "sharing": response.sharing,
        "audience": audience,
        "text": response.text,
    }
