"""Form fields for tags, and for a contact: typed or picked, without ever listing all of them.

Without script it is a text field: a mail address or an exact name is enough. With it, ``<dh-contact-picker>`` offers
what fits while one types, and *Create* for who is not known yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.base.contacts.querysets import ContactQuerySet
from deskhand.kit.addresses import page_address
from deskhand.kit.keys import key_of
from deskhand.kit.prepared import prepared
from deskhand.kit.tags.fields import TagPicker, TagsField, Word


class Typed(str):
    """Text that somebody typed instead of picking a contact."""

    __slots__ = ()


class ContactPicker(forms.TextInput):
    """The text, the key of who was picked, and the text that stood there when it was: other text means others."""

    #: Gives those that may be chosen.
    contacts: Callable[[], QuerySet[Contact]]
    #: Who is chosen at present, if the page has loaded them anyway.
    known: Contact | None = None

    def __init__(self, attrs: dict[str, Any] | None = None, *, companies_only: bool = False) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))
        self.companies_only = companies_only

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        contact = self._contact(value)
        text = contact.name if contact else (value if isinstance(value, Typed) else "")
        context = super().get_context(name, text, attrs)
        context["widget"] |= {
            "key_name": f"{name}_key",
            "shown_name": f"{name}_shown",
            "key": contact.pk if contact else "",
            "shown": text if contact else "",
            "search_url": page_address("contacts:search") + ("?companies" if self.companies_only else ""),
            "create_url": "" if self.companies_only else page_address("contacts:quick"),
        }
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """The text field, and behind it the two that remember. Those are not of the type ``hidden``: a form's reset
        leaves such alone."""
        widget = context["widget"]
        create = format_html(' data-create="{}" data-create-label="{}"', widget["create_url"], gettext("Create “%s”"))
        return format_html(
            '<dh-contact-picker data-search="{}"{} data-none="{}" data-found="{}">{}'
            '<input hidden name="{}" value="{}" data-pk><input hidden name="{}" value="{}" data-shown>'
            "</dh-contact-picker>",
            widget["search_url"],
            create if widget["create_url"] else "",
            gettext("Nobody found"),
            gettext("%s found"),
            super()._render(template_name, context, renderer),  # type: ignore[misc]
            widget["key_name"],
            widget["key"],
            widget["shown_name"],
            widget["shown"],
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        del files
        text = str(data.get(name) or "").strip()
        key = str(data.get(f"{name}_key") or "")
        if key_of(key) and text == str(data.get(f"{name}_shown") or "").strip():
            return key
        if name in data and key_of(text) and f"{name}_shown" not in data:
            return text  # a door that sends the key itself
        return Typed(text) if text else ""

    def use_required_attribute(self, initial: Any) -> bool:
        del initial
        return False

    def _contact(self, value: Any) -> Contact | None:
        if isinstance(value, Contact):
            return value
        if value in {None, ""} or isinstance(value, Typed):
            return None
        if self.known is not None and str(self.known.pk) == str(value):
            return self.known
        key = key_of(str(value))
        return self.contacts().filter(pk=key).first() if key else None


class ContactField(forms.ModelChoiceField[Contact]):
    """One of the contacts in ``queryset``, which the form narrows to those the user may see."""

    widget = ContactPicker
    default_error_messages = {
        "unknown": _("Nobody is called “%(text)s”. Choose a contact from the list, or create it in Contacts first."),
        "ambiguous": _("Several contacts are called “%(text)s”. Enter the mail address, or choose from the list."),
        "invalid_choice": _("This contact is not there any more. Choose another one."),
    }

    #: Whose contacts may be chosen, where :meth:`offer` said so.
    _viewer: Any = None
    #: None: not asked for yet. Most forms find who is picked without it.
    _contacts: QuerySet[Contact] | None

    def __init__(self, queryset: QuerySet[Contact] | None = None, **options: Any) -> None:
        super().__init__(queryset=Contact.objects.all() if queryset is None else queryset, **options)

    def _get_queryset(self) -> QuerySet[Contact]:
        if self._contacts is None:
            self._contacts = Contact.objects.visible_to(self._viewer).active()
        return self._contacts

    def _set_queryset(self, queryset: QuerySet[Contact] | None) -> None:
        self._contacts = Contact.objects.none() if queryset is None else queryset.all()
        if isinstance(getattr(self, "widget", None), ContactPicker):
            cast(ContactPicker, self.widget).contacts = self._get_queryset

    queryset = property(_get_queryset, _set_queryset)

    def to_python(self, value: Any) -> Contact | None:
        """Who is meant: by key, else by mail address, else by exact name. At most two queries."""
        if not isinstance(value, Typed):
            return self._by_key(value)
        found = list(self._meant(str(value)).order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(
            self.error_messages["ambiguous" if found else "unknown"],
            code="ambiguous" if found else "unknown",
            params={"text": value},
        )

    def offer(self, viewer: Any) -> None:
        """Allow the active contacts that the viewer sees; who is picked is found by a prepared query."""
        self._viewer, self._contacts = viewer, None

    def _by_key(self, value: Any) -> Contact | None:
        if self._viewer is None or value in self.empty_values:
            return super().to_python(value)
        key = key_of(str(value))
        found = _picked(self._viewer, key) if key else []
        if not found:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found[0]

    def _meant(self, text: str) -> ContactQuerySet:
        contacts = cast(ContactQuerySet, self.queryset.all())
        address = text.rpartition("<")[2].rstrip(">").strip() if "@" in text else ""
        return contacts.filter(email=address.lower()) if address else contacts.named(text)


@prepared
def _picked(viewer: Any, pk: int) -> QuerySet[Contact]:
    return Contact.objects.visible_to(viewer).active().filter(pk=pk)


class ContactTagsField(TagsField):
    """The tags of a contact by name, as :func:`set_tags` takes them; without script new ones can be typed, too."""

    default_error_messages = {
        "long": _("A tag has up to 60 letters. Put commas between tags."),
    }

    def __init__(self, **options: Any) -> None:
        picker = TagPicker(url_name="contacts:tag-options", takes_words=True)
        super().__init__(ContactTag.objects.all(), chosen=_tags, widget=picker, **options)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Two sources: keys of those that were chosen, and words.

        :raises ValidationError: there is no such tag; a word is too long.
        """
        words = [str(one) for one in value or () if isinstance(one, Word)]
        if any(len(word) > _LONGEST_TAG for word in words):
            raise ValidationError(self.error_messages["long"], code="long")
        chosen = super().clean([one for one in value or () if not isinstance(one, Word)])
        return [tag.name for tag in chosen] + words


_LONGEST_TAG: int = ContactTag._meta.get_field("name").max_length or 0  # noqa: SLF001


@prepared
def _tags(pks: list[int]) -> QuerySet[ContactTag]:
    return ContactTag.objects.filter(pk__in=pks)
