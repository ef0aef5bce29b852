"""How people change the address they sign in with: by a link in a mail to the new one."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services.auditing import note
from deskhand.base.accounts.services.mails import send_account_mail
from deskhand.base.accounts.services.users import AddressTaken
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction

#: The link to a new address works this long.
VALID_FOR = timedelta(days=1)
_SALT = "deskhand.accounts.address"


class AddressLinkInvalid(DomainError):
    code = "address_link_invalid"
    message = _("This link does not work any more. It was used already, or it is too old.")
    status = 404


@in_transaction
def ask_for_address(user_id: int, address: str) -> None:
    """Mail the new address a link; nothing changes before somebody follows it.

    :raises AddressTaken: somebody signs in with the address.
    """
    email = address.strip().lower()
    user = User.objects.select_related("company").get(pk=user_id)
    if User.objects.filter(email=email).exists():
        raise AddressTaken
    token = signing.dumps([user.pk, user.email, email], salt=_SALT, compress=True)
    send_account_mail("address", user, to=email, link=f"{settings.SITE_URL}/account/address/{token}/", address=email)


def asked_for_address(token: str) -> tuple[User, str]:
    """Whose address a link changes, and to what.

    :raises AddressLinkInvalid: altered, too old, or used before.
    """
    try:
        pk, before, email = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError):
        raise AddressLinkInvalid from None
    user = User.objects.select_related("company").filter(pk=pk, email=before, is_active=True).first()
    if user is None:
        raise AddressLinkInvalid
    return user, email


def note_proven_address(user: User) -> None:
    """The user has followed a link in a mail to the address that they sign in with. Two statements."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@in_transaction
def change_address(token: str) -> User:
    """The user signs in with the new address from now on; the old one is told.

    :raises AddressLinkInvalid: altered, too old, or used before.
    :raises AddressTaken: somebody else was given the address meanwhile.
    """
    user, email = asked_for_address(token)
    User.objects.select_for_update().get(pk=user.pk)
    user, email = asked_for_address(token)  # nobody has followed it before the user was ours
    if User.objects.filter(email=email).exists():
        raise AddressTaken
    before, user.email = user.email, email
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()  # a reset by the old address must not work any more
    Contact.objects.filter(pk=user.contact_id).update(email=email)
    note_proven_address(user)
    note(AuditKind.ADDRESS_CHANGED, user, detail=f"{before} → {email}")
    send_account_mail("address_changed", user, to=before, address=email)
    return user
