"""Several contacts turn out to be one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact, ContactMerge
from deskhand.base.contacts.places import CONTACT_REFERENCES
from deskhand.base.contacts.services.contacts import CHANGEABLE
from deskhand.base.contacts.services.distinctions import carry_distinctions
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction

#: What the survivor takes over where its own sheet says nothing. Which company it is used by is nobody's guess.
_FILLED = sorted(CHANGEABLE - {"name", "is_company", "company", "note"})


class CannotMerge(DomainError):
    code = "contacts_cannot_be_merged"
    message = _("These contacts cannot be merged.")


@in_transaction
def merge_contacts(survivor_id: int, merged_ids: Sequence[int], *, by: Contact | None, at: datetime) -> Contact:
    """Make several contacts one: everything that points to the others points to the survivor from now on.

    The survivor keeps its sheet, and takes over what was empty in it; notes are joined, tags united, addresses and
    people moved. The others stay as they are, archived, and lead to the survivor: their mail addresses are still
    recognised. Each merge is recorded with what stood on the sheet and how much was moved. A fixed number of statements
    for each contact.

    :raises CannotMerge: a person and a company, contacts of different companies of the desk, merged ones, one alone.
    """
    rows = Contact.objects.select_for_update().filter(pk__in={survivor_id, *merged_ids}).order_by("pk")
    found = {contact.pk: contact for contact in rows}
    survivor = found.pop(survivor_id)
    _refuse(survivor, list(found.values()))
    for contact in found.values():
        before = {name: _plain(getattr(contact, name)) for name in sorted(CHANGEABLE)}
        moved = {str(reference.label): reference.move(survivor_id, [contact.pk]) for reference in CONTACT_REFERENCES}
        _take_over(survivor, contact)
        carry_distinctions(survivor, contact)
        Contact.objects.filter(pk=contact.pk).update(is_active=False, merged_into=survivor)
        ContactMerge.objects.create(
            survivor=survivor,
            merged=contact,
            merged_by=by,
            merged_at=at,
            before=before,
            moved={label: count for label, count in moved.items() if count},
        )
    survivor.save()
    return survivor


def _refuse(survivor: Contact, others: Sequence[Contact]) -> None:
    if not others:
        raise CannotMerge(_("Choose at least two contacts."))
    if any(contact.merged_into_id for contact in (survivor, *others)):
        raise CannotMerge(_("One of these contacts was merged already. Load the page again."))
    if any(contact.is_company != survivor.is_company for contact in others):
        raise CannotMerge(_("A person and a company are two contacts. Merge people with people."))
    if len({contact.company_id for contact in (survivor, *others) if contact.company_id}) > 1:
        raise CannotMerge(_("These contacts are used by different companies. Each company keeps its own."))


def _take_over(survivor: Contact, contact: Contact) -> None:
    for name in _FILLED:
        if not getattr(survivor, name):
            setattr(survivor, name, getattr(contact, name))
    if survivor.parent_id in {survivor.pk, contact.pk}:
        survivor.parent = None
    if contact.company_id is None:
        survivor.company = None
    survivor.note = "\n\n".join(note for note in (survivor.note, contact.note) if note)
    survivor.is_active = survivor.is_active or contact.is_active
    survivor.tags.add(*contact.tags.all())
    contact.addresses.update(contact=survivor)
    contact.people.exclude(pk=survivor.pk).update(parent=survivor)
    Contact.objects.filter(merged_into=contact).update(merged_into=survivor)
    ContactMerge.objects.filter(survivor=contact).update(survivor=survivor)


def _plain(value: Any) -> Any:
    """As JSON knows it; of a record its id."""
    return getattr(value, "pk", value)
