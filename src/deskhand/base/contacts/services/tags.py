"""Words that contacts are sorted by."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.kit.tracking import FieldChange, listed_change
from deskhand.kit.transactions import in_transaction


@in_transaction
def set_tags(contact: Contact, names: Iterable[str]) -> tuple[FieldChange, ...]:
    """Give a contact exactly these tags; a word that is new becomes a tag, whatever its capitals are elsewhere.

    What changed by it.
    """
    wanted = {name.casefold(): name for name in names}
    known = {tag.name.casefold(): tag for tag in ContactTag.objects.all()} if wanted else {}
    before = contact.tags.all()[:]
    tags = [known.get(key) or ContactTag.objects.get_or_create(name=name)[0] for key, name in wanted.items()]
    old, new = ([tag.name for tag in sorted(group, key=str)] for group in (before, tags))
    contact.tags.set(tags)
    return listed_change("tags", str(_("Tags")), old, new)
