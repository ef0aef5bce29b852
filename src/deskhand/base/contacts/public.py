"""What other apps may use of the contacts."""

from deskhand.base.contacts.enums import AddressKind
from deskhand.base.contacts.models import Contact, ContactAddress
from deskhand.base.contacts.pages.fields import ContactField, ContactPicker, Typed
from deskhand.base.contacts.pages.forms import AddressForm
from deskhand.base.contacts.places import (
    CONTACT_BADGES,
    CONTACT_COLUMNS,
    CONTACT_HEADER_BUTTONS,
    CONTACT_MASS_ACTIONS,
    CONTACT_REFERENCES,
    CONTACT_SMART_BUTTONS,
    Reference,
    plain_reference,
)
from deskhand.base.contacts.services import (
    AddressDetails,
    CannotMerge,
    NewContact,
    archive_contact,
    change_contact,
    contact_of_sender,
    contact_of_typed,
    create_contact,
    delete_address,
    merge_contacts,
    name_from_address,
    restore_contact,
    save_address,
    set_tags,
)
from deskhand.base.contacts.shell import CONTACTS_MENU

__all__ = [
    "CONTACTS_MENU",
    "CONTACT_BADGES",
    "CONTACT_COLUMNS",
    "CONTACT_HEADER_BUTTONS",
    "CONTACT_MASS_ACTIONS",
    "CONTACT_REFERENCES",
    "CONTACT_SMART_BUTTONS",
    "AddressDetails",
    "AddressForm",
    "AddressKind",
    "CannotMerge",
    "Contact",
    "ContactAddress",
    "ContactField",
    "ContactPicker",
    "NewContact",
    "Reference",
    "Typed",
    "archive_contact",
    "change_contact",
    "contact_of_sender",
    "contact_of_typed",
    "create_contact",
    "delete_address",
    "merge_contacts",
    "name_from_address",
    "plain_reference",
    "restore_contact",
    "save_address",
    "set_tags",
]
