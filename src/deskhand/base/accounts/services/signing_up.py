"""How customers make an account by themselves: nothing is kept of anybody before they follow the link in a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, SignUp, UserKind
from deskhand.base.accounts.models import AccessRule, User
from deskhand.base.accounts.services.addresses import note_proven_address
from deskhand.base.accounts.services.auditing import note
from deskhand.base.accounts.services.invitations import settle_invitation
from deskhand.base.accounts.services.mails import send_account_mail, send_stranger_mail
from deskhand.base.accounts.services.users import NewUser, create_user
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction

#: The link in the mail works this long.
VALID_FOR = timedelta(days=1)
_SALT = "deskhand.accounts.sign-up"


class SignUpLinkInvalid(DomainError):
    code = "sign_up_link_invalid"
    message = _("This link does not work any more. It was used already, or it is too old.")
    status = 404


@dataclass(frozen=True)
class Asked:
    """Who wants an account: an address, and the contact that they are known to be, if any."""

    address: str
    company: Company
    contact: Contact | None
    invited: User | None

    @property
    def name(self) -> str:
        """What they are called, as far as anybody knows."""
        return self.contact.name if self.contact else ""


def sign_up_of(company: Company) -> SignUp:
    """Who may make an account of a company's customers. One query."""
    rule = AccessRule.objects.filter(company=company).first()
    return SignUp(rule.sign_up) if rule else SignUp.CUSTOMERS


def allow_sign_up(company: Company, of: SignUp) -> None:
    """From now on these may make an account. One or two statements."""
    AccessRule.objects.update_or_create(company=company, defaults={"sign_up": of})


@in_transaction
def ask_to_sign_up(address: str, *, company: Company, contact: Contact | None = None) -> None:
    """Mail an address a link to an account of its own; who has one is told so by mail. Whoever asked learns nothing
    from it: for every address something is queued, but for one whose user is archived.
    """
    email = address.strip().lower()
    user = User.objects.select_related("company").filter(email=email).first()
    if user is None or _was_never_in(user):
        token = signing.dumps([email, company.pk, contact.pk if contact else None], salt=_SALT, compress=True)
        link = f"{settings.SITE_URL}/account/sign-up/{token}/"
        send_stranger_mail("sign_up", email, company=company, link=link, address=email)
    elif user.is_active:
        send_account_mail("sign_up_known", user)


def asked_to_sign_up(token: str) -> Asked:
    """Who a link makes an account for. Two queries, a third for a contact.

    :raises SignUpLinkInvalid: altered, too old, or used before.
    """
    try:
        email, company_pk, contact_pk = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError):
        raise SignUpLinkInvalid from None
    company = Company.objects.filter(pk=company_pk).first()
    user = User.objects.select_related("contact").filter(email=email).first()
    if company is None or (user is not None and not _was_never_in(user)):
        raise SignUpLinkInvalid
    return Asked(email, company, user.contact if user else _contact(email, company, contact_pk), user)


@in_transaction
def sign_up(token: str, *, name: str, password: str, time_zone: str, at: datetime) -> User:
    """Make the account: the contact with the address becomes theirs, and so its tickets; an archived one comes back, or
    no mail would reach them. The link works no more.

    :raises SignUpLinkInvalid: see :func:`asked_to_sign_up`; somebody was faster with the same link.
    """
    asked = asked_to_sign_up(token)
    if asked.invited:
        User.objects.select_for_update().get(pk=asked.invited.pk)
        asked = asked_to_sign_up(token)  # nobody has come in before the user was ours
    if asked.invited:
        return _come_in(asked.invited, name, password, at)
    user = create_user(
        NewUser(
            email=asked.address,
            name=name,
            company=asked.company,
            kind=UserKind.PORTAL,
            password=password,
            contact=asked.contact,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            time_zone=time_zone,
        )
    )
    Contact.objects.filter(pk=user.contact_id).update(name=name, is_active=True)
    note_proven_address(user)
    note(AuditKind.SIGNED_UP, user)
    return user


def _come_in(user: User, name: str, password: str, at: datetime) -> User:
    """Who was invited and signs up instead has shown that the address is theirs, too."""
    user.name = name
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    Contact.objects.filter(pk=user.contact_id).update(name=name)
    settle_invitation(user, at=at)
    note_proven_address(user)
    return user


def _was_never_in(user: User) -> bool:
    """Invited as a customer, and the invitation is still open: of colleagues an administrator decides."""
    invitation = getattr(user, "invitation", None)
    is_open = invitation is not None and invitation.accepted_at is None
    return user.is_active and user.kind == UserKind.PORTAL and user.last_login is None and is_open


def _contact(email: str, company: Company, pk: int | None) -> Contact | None:
    """The contact of the personal link they came by, if the address is still its own; else whom the company knows by
    the address."""
    free = Contact.objects.filter(user=None, merged_into=None).used_by(company).with_address(email)
    bound: Contact | None = free.filter(pk=pk).first() if pk else None
    return bound or free.first()
