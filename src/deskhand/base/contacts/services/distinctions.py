"""Contacts that look like one, and are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.contacts.models import Contact, ContactDistinction
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.tracking import RecordChanged
from deskhand.kit.transactions import in_transaction


class NothingToTellApart(DomainError):
    code = "nothing_to_tell_apart"
    message = gettext_lazy("Choose at least two contacts.")


@in_transaction
def tell_apart(contact_ids: Sequence[int], *, by: Contact | None, at: datetime) -> None:
    """Remember that none of these contacts is another one of them: nobody is suggested to merge them any more.

    What is remembered already stays as it is. It stands in the conversations of those for whom it is new.

    :raises NothingToTellApart: fewer than two.
    """
    contacts = list(Contact.objects.filter(pk__in=contact_ids).order_by("pk"))
    if len(contacts) < 2:
        raise NothingToTellApart
    known = set(ContactDistinction.objects.among(contact_ids).values_list("one", "other"))
    new = [(one, other) for one, other in combinations(contacts, 2) if (one.pk, other.pk) not in known]
    ContactDistinction.objects.bulk_create(
        [ContactDistinction(one=one, other=other, made_by=by, made_at=at) for one, other in new], ignore_conflicts=True
    )
    _record(new, _("Not a duplicate: %(names)s"), by=by, at=at)


@in_transaction
def suggest_again(contact_ids: Sequence[int], *, by: Contact | None, at: datetime) -> None:
    """Forget that these contacts are different ones: where they still look like one, they are suggested again."""
    found = ContactDistinction.objects.among(contact_ids).select_related("one", "other").order_by("one", "other")
    pairs = [(row.one, row.other) for row in found]
    ContactDistinction.objects.among(contact_ids).delete()
    _record(pairs, _("May be a duplicate after all: %(names)s"), by=by, at=at)


def carry_distinctions(survivor: Contact, merged: Contact) -> None:
    """What a merged contact is not, the survivor is not either. At most three statements."""
    rows = list(ContactDistinction.objects.of(merged))
    ContactDistinction.objects.of(merged).delete()
    others = {row: row.other_id if row.one_id == merged.pk else row.one_id for row in rows}
    ContactDistinction.objects.bulk_create(
        [
            ContactDistinction(
                one_id=min(survivor.pk, other),
                other_id=max(survivor.pk, other),
                made_by_id=row.made_by_id,
                made_at=row.made_at,
            )
            for row, other in others.items()
            if other != survivor.pk
        ],
        ignore_conflicts=True,
    )


def _record(pairs: Sequence[tuple[Contact, Contact]], text: str, *, by: Contact | None, at: datetime) -> None:
    """One line in the conversation of each."""
    others: dict[Contact, list[str]] = {}
    for one, other in pairs:
        others.setdefault(one, []).append(other.name)
        others.setdefault(other, []).append(one.name)
    for contact, names in others.items():
        publish(RecordChanged(contact, (), by, at, text=text % {"names": ", ".join(names)}))
