"""What changes contacts."""

from deskhand.base.contacts.services.addresses import AddressDetails, delete_address, save_address
from deskhand.base.contacts.services.contacts import (
    CHANGEABLE,
    CompanyInCompany,
    ContactInUse,
    HasPeople,
    NewContact,
    NotACompany,
    archive_contact,
    change_contact,
    contact_of_sender,
    contact_of_typed,
    create_contact,
    delete_contact,
    name_from_address,
    restore_contact,
)
from deskhand.base.contacts.services.distinctions import NothingToTellApart, suggest_again, tell_apart
from deskhand.base.contacts.services.merging import CannotMerge, merge_contacts
from deskhand.base.contacts.services.tags import (
    ContactTagNameTaken,
    change_tag,
    create_tag,
    delete_tag,
    set_tags,
)

__all__ = [
    "CHANGEABLE",
    "AddressDetails",
    "CannotMerge",
    "CompanyInCompany",
    "ContactInUse",
    "ContactTagNameTaken",
    "HasPeople",
    "NewContact",
    "NotACompany",
    "NothingToTellApart",
    "archive_contact",
    "change_contact",
    "change_tag",
    "contact_of_sender",
    "contact_of_typed",
    "create_contact",
    "create_tag",
    "delete_address",
    "delete_contact",
    "delete_tag",
    "merge_contacts",
    "name_from_address",
    "restore_contact",
    "save_address",
    "set_tags",
    "suggest_again",
    "tell_apart",
]
