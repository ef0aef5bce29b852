"""Customers' accounts as those who work here give and take them: by the contact that the customer is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, UserKind
from deskhand.base.accounts.models import Invitation, User
from deskhand.base.accounts.services.auditing import note
from deskhand.base.accounts.services.invitations import send_invitation, withdraw_invitation
from deskhand.base.accounts.services.mails import send_account_mail
from deskhand.base.accounts.services.users import AddressTaken, NewUser, create_user, deactivate_user, reactivate_user
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction


class ContactHasNoAddress(DomainError):
    code = "contact_has_no_address"
    message = _("Enter a mail address first: the invitation goes there, and the customer signs in with it.")
    status = 422
    field = "email"


class ContactIsMerged(DomainError):
    code = "contact_is_merged"
    message = _("This contact is part of another one now. Invite that one.")


class WorksHere(DomainError):
    code = "works_here"
    message = _("This contact works here and signs in already.")


class HasAccess(DomainError):
    code = "has_access"
    message = _("This contact has portal access, and has used it already.")


class HasNoAccess(DomainError):
    code = "has_no_access"
    message = _("This contact has no portal access. There is nothing to take away.")


@in_transaction
def grant_portal_access(contact_id: int, *, by: User, at: datetime) -> User:
    """Make a contact a portal user and mail them an invitation; send a new one to who never came in; let in again whose
    access was taken away.

    :raises ContactHasNoAddress: nobody knows where to write to.
    :raises ContactIsMerged: the contact stands for nobody any more.
    :raises WorksHere: the contact is an internal user.
    :raises HasAccess: nothing is left to grant.
    :raises AddressTaken: somebody else signs in with the contact's address.
    """
    contact = Contact.objects.select_for_update(of=("self",)).select_related("company").get(pk=contact_id)
    user = User.objects.select_for_update(of=("self",)).filter(contact=contact).first()
    _refuse(contact, user)
    if user is None:
        made = NewUser(
            email=contact.email,
            name=contact.name,
            company=contact.company or by.company,
            kind=UserKind.PORTAL,
            contact=contact,
            time_zone=(contact.company or by.company).time_zone,
        )
        return send_invitation(create_user(made, by=by).pk, by=by, at=at).user
    return _again(user, contact, by, at)


@in_transaction
def revoke_portal_access(contact_id: int, *, by: User) -> User:
    """Nobody signs in as this contact any more; what they wrote stays, and links in their mails still open tickets.

    :raises HasNoAccess: they have none.
    :raises WorksHere: the contact is an internal user.
    """
    user = User.objects.select_for_update(of=("self",)).filter(contact=contact_id, is_active=True).first()
    if user is None:
        raise HasNoAccess
    if user.kind == UserKind.INTERNAL:
        raise WorksHere
    if Invitation.objects.pending().filter(user=user).exists():
        return withdraw_invitation(user.pk, by=by)
    return deactivate_user(user.pk, by=by)


def _refuse(contact: Contact, user: User | None) -> None:
    if contact.merged_into_id:
        raise ContactIsMerged
    if user and user.kind == UserKind.INTERNAL:
        raise WorksHere
    if user and user.is_active and _has_come_in(user):
        raise HasAccess
    if not contact.email:
        raise ContactHasNoAddress


def _again(user: User, contact: Contact, by: User, at: datetime) -> User:
    if not user.is_active:
        user = reactivate_user(user.pk, by=by)
    if _has_come_in(user):
        user = User.objects.select_related("company").get(pk=user.pk)
        send_account_mail("access_back", user)
        return user
    _correct_address(user, contact.email, by)
    return send_invitation(user.pk, by=by, at=at).user


def _correct_address(user: User, address: str, by: User) -> None:
    """Who never came in is invited at the address that the contact has now: the one before may have been wrong."""
    if address == user.email:
        return
    if User.objects.filter(email=address).exclude(pk=user.pk).exists():
        raise AddressTaken
    note(AuditKind.ADDRESS_CHANGED, user, by=by, detail=f"{user.email} → {address}")
    user.email = address
    user.save(update_fields=["email"])


def _has_come_in(user: User) -> bool:
    return bool(user.last_login) or Invitation.objects.filter(user=user).exclude(accepted_at=None).exists()
