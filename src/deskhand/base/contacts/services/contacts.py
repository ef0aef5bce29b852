"""What changes contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.services.tags import set_tags
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.prepared import prepared
from deskhand.kit.tracking import RecordChanged, Snapshot
from deskhand.kit.transactions import in_transaction

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: What a person may change; everything else has a service of its own.
_ORDER = (
    "name", "is_company", "parent", "company", "email", "phone", "job_title", "street", "postal_code", "city",
    "country", "language", "website", "note",
)  # fmt: skip
CHANGEABLE = frozenset(_ORDER)


class NotACompany(DomainError):
    code = "contact_parent_not_a_company"
    message = _("Choose a contact that is a company.")
    status = 422
    field = "parent"


class CompanyInCompany(DomainError):
    code = "contact_company_in_company"
    message = _("A company does not belong to another one. Empty this field, or make the contact a person.")
    status = 422
    field = "parent"


class HasPeople(DomainError):
    code = "contact_has_people"
    message = _("People belong to this company. Move them to another one before you make it a person.")
    field = "is_company"


class ContactInUse(DomainError):
    code = "contact_in_use"
    message = _("Tickets, messages or users belong to this contact. Archive it instead.")


@dataclass(frozen=True)
class NewContact:
    """A person or company that the desk shall know; see :class:`Contact` for the fields."""

    name: str
    is_company: bool = False
    parent: Contact | None = None
    company: Company | None = None
    email: str = ""
    phone: str = ""
    job_title: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    language: str = ""
    website: str = ""
    note: str = ""


@in_transaction
def create_contact(new: NewContact) -> Contact:
    """Make a contact. The same address twice is allowed, as families and offices share one: the page warns.

    :raises NotACompany: ``parent`` is a person.
    :raises CompanyInCompany: a company with a ``parent``.
    """
    contact = Contact(**vars(new))
    _keep_in_order(contact)
    contact.save()
    return contact


@in_transaction
def change_contact(
    contact_id: int, changes: Mapping[str, Any], *, by: Contact | None = None, tags: Iterable[str] | None = None
) -> Contact:
    """Change the named fields of a contact, and its tags; what differs is recorded. ``by`` None: the desk itself.

    :raises NotACompany: ``parent`` is a person.
    :raises CompanyInCompany: a company with a ``parent``.
    :raises HasPeople: a company that people belong to cannot become a person.
    """
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    names = sorted(CHANGEABLE & changes.keys(), key=_ORDER.index)
    before = Snapshot(contact, names)
    for name in names:
        setattr(contact, name, changes[name])
    _keep_in_order(contact)
    if not contact.is_company and contact.people.exists():
        raise HasPeople
    contact.save(update_fields=names)
    changed = before.changes()
    if tags is not None:
        changed += set_tags(contact, tags)
    publish(RecordChanged(contact, changed, by, now()))
    return contact


@in_transaction
def archive_contact(contact_id: int, *, by: Contact | None = None) -> None:
    """Out of the lists; mails from its address still find it."""
    _set_active(contact_id, _("Archived"), active=False, by=by)


@in_transaction
def restore_contact(contact_id: int, *, by: Contact | None = None) -> None:
    """Back into the lists."""
    _set_active(contact_id, _("Restored"), active=True, by=by)


def _set_active(contact_id: int, what: StrPromise, *, active: bool, by: Contact | None) -> None:
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    if contact.is_active != active:
        contact.is_active = active
        contact.save(update_fields=["is_active"])
        publish(RecordChanged(contact, (), by, now(), text=str(what)))


@in_transaction
def delete_contact(contact_id: int) -> None:
    """Delete a contact that nothing refers to; the people of a company stay, without it.

    :raises ContactInUse: something refers to it.
    """
    try:
        Contact.objects.get(pk=contact_id).delete()
    except ProtectedError as error:
        raise ContactInUse from error


def _keep_in_order(contact: Contact) -> None:
    contact.email = contact.email.strip().lower()
    if contact.parent is None:
        return
    if contact.is_company:
        raise CompanyInCompany
    if not contact.parent.is_company:
        raise NotACompany


@in_transaction
def contact_of_sender(*, email: str, name: str, company: Company) -> Contact:
    """The contact that writes from an address, made if nobody is known by it (IN-3). One query for a known one.

    Two mails of one new sender may be read at the same time: strangers take turns, company by company.
    """
    address = email.strip().lower()
    known = next(iter(_writing_from(address, company.pk)), None)
    if known is None and connection.features.has_select_for_update:
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        known = next(iter(_writing_from(address, company.pk)), None)
    return _now_called(known) or Contact.objects.create(
        name=(name.strip() or name_from_address(email))[:200], email=address, company=company
    )


def _now_called(known: Contact | None) -> Contact | None:
    """Who a contact was merged into; a query for each merge, none for those who never were."""
    while known is not None and known.merged_into is not None:
        known = known.merged_into
    return known


@prepared
def _writing_from(address: str, company: int) -> QuerySet[Contact]:
    used_here = Q(company=company) | Q(company=None)
    return Contact.objects.filter(used_here).with_address(address)[:1]


@in_transaction
def contact_of_typed(text: str, *, company: Company) -> Contact | None:
    """Whom somebody means by a name, a mail address or both (``Zoe Hall <zoe@hall.example>``); made if nobody is
    known by it. None for nothing typed.
    """
    text = text.strip()
    if not text:
        return None
    if "@" in text:
        name, address = parseaddr(text)
        if _is_address(address):
            return contact_of_sender(email=address, name=name, company=company)
    used_here = Q(company=company) | Q(company=None)
    known: Contact | None = Contact.objects.active().filter(used_here).named(text).first()
    return known or Contact.objects.create(name=text[:200], company=company)


def _is_address(text: str) -> bool:
    try:
        Contact._meta.get_field("email").run_validators(text)  # noqa: SLF001
    except ValidationError:
        return False
    return True


def name_from_address(email: str) -> str:
    """A name to show until we know better: ``erik.solberg@…`` is *Erik Solberg*."""
    local = email.partition("@")[0]
    return " ".join(part.capitalize() for part in local.replace("_", ".").split(".") if part) or email
