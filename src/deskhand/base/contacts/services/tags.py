"""Words that contacts are sorted by."""

from __future__ import annotations

from collections.abc import Iterable

from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.kit.transactions import in_transaction


@in_transaction
def set_tags(contact: Contact, names: Iterable[str]) -> None:
    """Give a contact exactly these tags; a word that is new becomes a tag, whatever its capitals are elsewhere."""
    wanted = {name.casefold(): name for name in names}
    known = {tag.name.casefold(): tag for tag in ContactTag.objects.all()} if wanted else {}
    contact.tags.set([known.get(key) or ContactTag.objects.get_or_create(name=name)[0] for key, name in wanted.items()])
