"""How new users come in the first time: by a personal link that works once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import Invitation, User
from deskhand.base.accounts.services.addresses import note_proven_address
from deskhand.base.accounts.services.auditing import note
from deskhand.base.accounts.services.mails import send_account_mail
from deskhand.base.accounts.services.users import NewUser, create_user
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction

#: An invitation works this long.
VALID_FOR = timedelta(days=7)


class InvitationNotOpen(DomainError):
    code = "invitation_not_open"
    message = _("This invitation is not open any more. It was accepted, withdrawn, or it is too old.")
    status = 404


class AlreadyComeIn(DomainError):
    code = "already_come_in"
    message = _("This user has been in already. Send a link to choose a password instead.")


@in_transaction
def invite_user(new: NewUser, *, by: User | None, at: datetime) -> Invitation:
    """Make a user and mail them the link to come in with.

    :raises AddressTaken: the address signs in already.
    :raises CompanyNotAmong: ``companies`` are given without ``company``.
    """
    return send_invitation(create_user(new, by=by).pk, by=by, at=at)


@in_transaction
def send_invitation(user_id: int, *, by: User | None, at: datetime) -> Invitation:
    """Mail a user who has never been in a new link; the one before works no more.

    :raises AlreadyComeIn: the user has signed in, or accepted an invitation.
    """
    user = User.objects.select_for_update().select_related("company").get(pk=user_id)
    if user.last_login or Invitation.objects.filter(user=user).exclude(accepted_at=None).exists():
        raise AlreadyComeIn
    token = secrets.token_urlsafe(32)
    invitation, _made = Invitation.objects.update_or_create(
        user=user,
        defaults={"token_hash": _hash(token), "invited_by": by, "sent_at": at, "expires_at": at + VALID_FOR},
    )
    link = f"{settings.SITE_URL}/account/invitation/{token}/"
    send_account_mail("invitation", user, link=link, invited_by=by, expires_at=invitation.expires_at)
    note(AuditKind.INVITED, user, by=by)
    return invitation


def open_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation a link belongs to. One query.

    :raises InvitationNotOpen: there is none, it is too old, or its user was archived.
    """
    invitations = Invitation.objects.pending().filter(token_hash=_hash(token), expires_at__gt=at)
    found = invitations.select_related("user__company", "invited_by").first()
    if found is None:
        raise InvitationNotOpen
    return found


@in_transaction
def accept_invitation(token: str, *, name: str, password: str, at: datetime) -> User:
    """Give the invited user a name and a password; the link works no more.

    :raises InvitationNotOpen: see :func:`open_invitation`; somebody was faster with the same link.
    """
    invitation = open_invitation(token, at=at)
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    open_invitation(token, at=at)  # nobody has changed it before the user was ours
    user.name = name
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    Contact.objects.filter(pk=user.contact_id).update(name=name)
    settle_invitation(user, at=at)
    note_proven_address(user)
    return user


def settle_invitation(user: User, *, at: datetime) -> None:
    """The user has come in, by the link or another way: what was sent opens nothing any more. One UPDATE."""
    if Invitation.objects.filter(user=user, accepted_at=None).update(accepted_at=at):
        note(AuditKind.INVITATION_ACCEPTED, user)


@in_transaction
def withdraw_invitation(user_id: int, *, by: User) -> User:
    """The link works no more, and the user who never came in is archived.

    :raises InvitationNotOpen: the user has come in meanwhile, or was not invited.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not Invitation.objects.pending().filter(user=user).delete()[0]:
        raise InvitationNotOpen
    user.is_active = False
    user.save(update_fields=["is_active"])
    note(AuditKind.INVITATION_WITHDRAWN, user, by=by)
    return user


def _hash(token: str) -> str:
    """The token is as long as the hash: nobody guesses it, so it needs no salt."""
    return sha256(token.encode()).hexdigest()
