"""Words that contacts are sorted by."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.kit.errors import DomainError
from deskhand.kit.hues import Hue
from deskhand.kit.tags.naming import by_name, is_taken
from deskhand.kit.tracking import FieldChange, listed_change
from deskhand.kit.transactions import in_transaction


class ContactTagNameTaken(DomainError):
    code = "contact_tag_name_taken"
    message = _("There is a tag of this name already.")
    field = "name"


@in_transaction
def create_tag(name: str, *, color: Hue | None = None) -> ContactTag:
    """Make a tag; without a ``color`` the word says its hue.

    :raises ContactTagNameTaken: capitals make no other name.
    """
    _refuse_taken_name(name)
    return ContactTag.objects.create(name=name, color=hue_of(name) if color is None else color)


@in_transaction
def change_tag(tag_id: int, *, name: str, color: Hue) -> ContactTag:
    """Rename or recolour a tag, at every contact that has it.

    :raises ContactTagNameTaken: another tag is called so.
    """
    tag = ContactTag.objects.select_for_update().get(pk=tag_id)
    _refuse_taken_name(name, besides=tag)
    tag.name, tag.color = name, color
    tag.save(update_fields=["name", "color"])
    return tag


@in_transaction
def delete_tag(tag_id: int) -> None:
    """Delete a tag, also from every contact that has it."""
    ContactTag.objects.select_for_update().get(pk=tag_id).delete()


@in_transaction
def set_tags(contact: Contact, names: Iterable[str]) -> tuple[FieldChange, ...]:
    """Give a contact exactly these tags; a word that is new becomes a tag, whatever its capitals are elsewhere.

    What changed by it.
    """
    wanted = {name.casefold(): name for name in names}
    known = by_name(ContactTag.objects.all()) if wanted else {}
    before = contact.tags.all()[:]
    tags = [known.get(key) or _made(name) for key, name in wanted.items()]
    old, new = ([tag.name for tag in sorted(group, key=str)] for group in (before, tags))
    contact.tags.set(tags)
    return listed_change("tags", str(_("Tags")), old, new)


def hue_of(name: str) -> int:
    """The hue that a word gets by itself, always the same for one word."""
    return crc32(name.casefold().encode()) % len(Hue)


def _made(name: str) -> ContactTag:
    return ContactTag.objects.get_or_create(name=name, defaults={"color": hue_of(name)})[0]


def _refuse_taken_name(name: str, *, besides: ContactTag | None = None) -> None:
    if is_taken(name, ContactTag.objects.exclude(pk=besides.pk) if besides else ContactTag.objects.all()):
        raise ContactTagNameTaken
