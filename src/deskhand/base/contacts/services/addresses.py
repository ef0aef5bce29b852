"""Where else a contact is."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.enums import AddressKind
from deskhand.base.contacts.models import Contact, ContactAddress
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction


class AddressIsEmpty(DomainError):
    code = "contact_address_is_empty"
    message = _("Enter at least a street, a postal code or a city.")
    status = 422
    field = "street"


@dataclass(frozen=True)
class AddressDetails:
    """All that is typed about an address; see :class:`ContactAddress`."""

    kind: AddressKind
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""


@in_transaction
def save_address(contact: Contact, details: AddressDetails, *, pk: int | None = None) -> ContactAddress:
    """Give a contact another address, or change the one with ``pk``.

    :raises AddressIsEmpty: nobody finds there.
    """
    if not (details.street or details.postal_code or details.city):
        raise AddressIsEmpty
    address = contact.addresses.select_for_update().get(pk=pk) if pk else ContactAddress(contact=contact)
    for name, value in asdict(details).items():
        setattr(address, name, value)
    address.save()
    return address


def delete_address(contact: Contact, pk: int) -> None:
    """Take an address away; one that is gone stays gone."""
    contact.addresses.filter(pk=pk).delete()
