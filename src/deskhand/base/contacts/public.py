"""What other apps may use of the contacts."""

from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.fields import ContactField, ContactPicker, Typed
from deskhand.base.contacts.places import CONTACT_SMART_BUTTONS
from deskhand.base.contacts.services import (
    NewContact,
    contact_of_sender,
    contact_of_typed,
    create_contact,
    name_from_address,
)
from deskhand.base.contacts.shell import CONTACTS_MENU

__all__ = [
    "CONTACTS_MENU",
    "CONTACT_SMART_BUTTONS",
    "Contact",
    "ContactField",
    "ContactPicker",
    "NewContact",
    "Typed",
    "contact_of_sender",
    "contact_of_typed",
    "create_contact",
    "name_from_address",
]
