"""What somebody types into the composer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.enums import Via
from deskhand.base.chatter.services import Draft
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
        if not (cleaned.get("body") or cleaned.get("uploads") or self.errors):
            self.add_error("body", _("Write something or attach a file first."))
        return cleaned

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

    def __init__(self, *args: Any, recipients: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = recipients
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
        return [address for address in addresses if address]

    def chosen(self) -> list[tuple[Contact, bool]]:
        """Each possible recipient with whether they get it; all of them on an untouched form."""
        picked = set(keys_of(self.data.getlist("to"))) if self.is_bound else None  # type: ignore[attr-defined]
        return [(contact, picked is None or contact.pk in picked) for contact in self.recipients]
