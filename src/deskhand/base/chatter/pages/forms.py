"""What somebody types into the composer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.enums import Via
from deskhand.base.chatter.models import Follower
from deskhand.base.chatter.services.following import Receives
from deskhand.base.chatter.services.writing import Draft
from deskhand.base.contacts.public import Contact
from deskhand.base.files.public import UploadField, store_upload
from deskhand.kit.html import text_to_html
from deskhand.kit.keys import keys_of

_ADDRESS = forms.EmailField(max_length=254)


class NoteForm(forms.Form):
    """An internal note: text and files, one of them at least."""

    body = forms.CharField(label=_("Text"), required=False, strip=True, widget=forms.Textarea(attrs={"rows": 3}))
    uploads = UploadField(label=_("Files"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("body") or cleaned.get("uploads") or self.kept_files or self.errors):
            self.add_error("body", _("Write something or attach a file first."))
        return cleaned

    @property
    def kept_files(self) -> list[UUID]:
        """Files that were uploaded while the text was written; the composer sends their ids along."""
        return _uuids(self.data.getlist("kept")) if isinstance(self.data, QueryDict) else []

    @property
    def called(self) -> list[int]:
        """Ids of users who were chosen as mentioned; whether they still stand in the text is not said."""
        if isinstance(self.data, QueryDict):
            return keys_of(self.data.getlist("mention"))
        return list(self.initial.get("mentions", ()))

    def draft(self, *, author: Contact, from_internal: bool, via: Via = Via.PAGE) -> Draft:
        """What was typed, with the files stored. Outside a transaction: it writes files."""
        return Draft(
            html=text_to_html(self.cleaned_data["body"]),
            author=author,
            from_internal=from_internal,
            via=via,
            files=[store_upload(upload) for upload in self.cleaned_data["uploads"]],
        )


class MessageForm(NoteForm):
    """A message: who gets it is always visible, and can be changed, before it is sent; it goes to somebody."""

    nobody = _("Nobody would get this message. Tick who shall get it, add an address in Cc, or log a note instead.")

    to = forms.TypedMultipleChoiceField(label=_("To"), required=False, coerce=int)
    cc = forms.CharField(label=_("Cc"), required=False, help_text=_("Mail addresses, separated by commas."))

    def __init__(
        self,
        *args: Any,
        recipients: list[Contact],
        unticked: Collection[int] = (),
        writer: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._own_address = writer.email if writer else ""
        self.recipients, self._unticked = recipients, unticked
        self.fields["to"].choices = [(contact.pk, contact.name) for contact in recipients]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("to") or cleaned.get("cc") or {"to", "cc"} & self.errors.keys()):
            self.add_error("to", self.nobody)
        return cleaned

    def clean_cc(self) -> list[str]:
        addresses = [word.strip().lower() for word in self.cleaned_data["cc"].replace(";", ",").split(",")]
        for address in filter(None, addresses):
            try:
                _ADDRESS.clean(address)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(address)s” is not a mail address. Write it like name@customer.example.")
                    % {"address": address}
                ) from error
        return [address for address in addresses if address and address != self._own_address]

    def chosen(self) -> list[tuple[Contact, bool]]:
        """Each possible recipient with whether they get it; on an untouched form all who want messages."""
        if self.is_bound:
            picked = set(keys_of(self.data.getlist("to")))  # type: ignore[attr-defined]
            return [(contact, contact.pk in picked) for contact in self.recipients]
        return [(contact, contact.pk not in self._unticked) for contact in self.recipients]


class FollowerForm(forms.Form):
    """Let somebody follow, by mail address."""

    email = forms.EmailField(
        error_messages={
            "required": _("Enter a mail address first."),
            "invalid": _("That is not a mail address. Write it like name@customer.example."),
        }
    )


class ReceivesForm(forms.ModelForm[Follower]):
    """What a follower receives."""

    class Meta:
        model = Follower
        fields = ["gets_messages", "gets_notes", "gets_stages", "gets_changes"]

    def chosen(self) -> Receives:
        return Receives(**self.cleaned_data)


class EditNoteForm(forms.Form):
    """The text of a note, as it was typed."""

    body = forms.CharField(label=_("Text"), required=False, strip=True, widget=forms.Textarea(attrs={"rows": 6}))


def _uuids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
