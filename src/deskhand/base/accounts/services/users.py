"""What makes, changes, lets in and shuts out users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, Role, UserKind
from deskhand.base.accounts.models import RoleGrant, User
from deskhand.base.accounts.services.auditing import note
from deskhand.base.accounts.services.second_factors import settle_second_factor
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.languages import spoken
from deskhand.kit.live import look_again
from deskhand.kit.shell import APPS
from deskhand.kit.tracking import RecordChanged, Snapshot, listed_change
from deskhand.kit.transactions import in_transaction

_SETTINGS = "settings"
_TRACKED = ("name", "email", "kind", "company", "language", "time_zone")


class AddressTaken(DomainError):
    code = "address_taken"
    message = _("Somebody signs in with this address already.")
    field = "email"


class LastAdministrator(DomainError):
    code = "last_administrator"
    message = _("Nobody else could change users and settings any more. Make somebody else an administrator first.")


class NotOneself(DomainError):
    code = "not_oneself"
    message = _("You cannot shut yourself out. Ask another administrator.")


class CompanyNotAmong(DomainError):
    code = "company_not_among"
    message = _("The present company must be one of the companies the user may work in.")
    status = 422
    field = "company"


@dataclass(frozen=True)
class NewUser:
    """Who shall be able to sign in. ``password`` None: only after a reset. ``companies`` empty: ``company`` alone.

    ``contact``: who they are known to be; None: whom the address belongs to, or somebody new. Without ``language``:
    what is known of them, else that of the installation.
    """

    email: str
    name: str
    company: Company
    kind: UserKind = UserKind.INTERNAL
    roles: Mapping[str, Role] = field(default_factory=dict)
    password: str | None = None
    language: str = ""
    time_zone: str = "UTC"
    companies: Sequence[Company] = ()
    contact: Contact | None = None


@dataclass(frozen=True)
class UserDetails:
    """What an administrator decides about a user, all of it."""

    email: str
    name: str
    kind: UserKind
    company: Company
    companies: Sequence[Company]
    roles: Mapping[str, Role]
    language: str
    time_zone: str


@in_transaction
def create_user(new: NewUser, *, by: User | None = None) -> User:
    """Make a user, with the contact that stands for them; a contact with the same address is taken over.

    :raises AddressTaken: the address signs in already.
    :raises CompanyNotAmong: ``companies`` are given without ``company``.
    """
    email = new.email.strip().lower()
    companies = new.companies or [new.company]
    _refuse_taken(email)
    _refuse_company_outside(new.company, companies)
    contact = _contact_for(email, new)
    user = User(
        email=email,
        name=new.name,
        kind=new.kind,
        contact=contact,
        company=new.company,
        language=spoken(new.language, contact.language),
        time_zone=new.time_zone,
    )
    user.set_password(new.password)
    user.save()
    user.companies.set(companies)
    set_roles(user, new.roles if new.kind == UserKind.INTERNAL else {}, by=by)
    settle_second_factor(User.objects.filter(pk=user.pk))
    return user


@in_transaction
def change_user(user_id: int, details: UserDetails, *, by: User | None = None) -> User:
    """Change a user, their companies and roles; a portal user has no roles. The contact gets name and address, too.

    :raises AddressTaken: somebody else signs in with the address.
    :raises CompanyNotAmong: ``company`` is not among ``companies``.
    :raises LastAdministrator: nobody could change users any more.
    """
    email = details.email.strip().lower()
    with _administrators_remain():
        user = User.objects.select_for_update().get(pk=user_id)
        _refuse_taken(email, but=user)
        _refuse_company_outside(details.company, details.companies)
        _write(user, email, details, by)
    return user


def _write(user: User, email: str, details: UserDetails, by: User | None) -> None:
    before, companies, roles = Snapshot(user, _TRACKED), list(user.companies.all()), _roles_of(user)
    if email != user.email:
        note(AuditKind.ADDRESS_CHANGED, user, by=by, detail=f"{user.email} → {email}")
        EmailAddress.objects.filter(user=user).delete()  # a reset by the old address must not work any more
    user.email, user.name, user.kind = email, details.name, details.kind
    user.company, user.language, user.time_zone = details.company, details.language, details.time_zone
    user.save(update_fields=["email", "name", "kind", "company", "language", "time_zone"])
    user.companies.set(details.companies)
    look_again()
    Contact.objects.filter(pk=user.contact_id).update(name=user.name, email=email)
    set_roles(user, details.roles if details.kind == UserKind.INTERNAL else {}, by=by)
    settle_second_factor(User.objects.filter(pk=user.pk))
    changes = (
        *before.changes(),
        *listed_change("companies", str(_("Companies")), companies, user.companies.all()),
        *listed_change("roles", str(_("Roles")), roles, _roles_of(user)),
    )
    publish(RecordChanged(user, changes, by.contact if by else None, now()))


def _roles_of(user: User) -> list[str]:
    """``Helpdesk: Administrator``, in the order of the app switcher."""
    granted = dict(user.role_grants.values_list("app", "role"))
    return [f"{app.title}: {Role(granted[app.key]).label}" for app in APPS if app.key in granted]


@in_transaction
def set_roles(user: User, roles: Mapping[str, Role], *, by: User | None = None) -> None:
    """Give a user exactly these roles per app; what is not named is taken away."""
    granted = {app: role for app, role in roles.items() if role > Role.NONE}
    before = dict(user.role_grants.values_list("app", "role"))
    if before == granted:
        return
    user.role_grants.exclude(app__in=granted).delete()
    for app, role in granted.items():
        RoleGrant.objects.update_or_create(user=user, app=app, defaults={"role": role})
    user.__dict__.pop("roles", None)
    look_again()
    note(AuditKind.ROLES_CHANGED, user, by=by, detail=_changes(before, granted))


def _changes(before: Mapping[str, int], granted: Mapping[str, int]) -> str:
    """``helpdesk: user → administrator``: what is stored, so that it says the same in every language."""
    changed = (app for app in sorted({*before, *granted}) if before.get(app, 0) != granted.get(app, 0))
    return ", ".join(
        f"{app}: {Role(before.get(app, 0)).name.lower()} → {Role(granted.get(app, 0)).name.lower()}" for app in changed
    )


@in_transaction
def deactivate_user(user_id: int, *, by: User) -> User:
    """Nobody signs in with this user any more, and open sessions end; what they did stays.

    :raises NotOneself: people cannot shut themselves out.
    :raises LastAdministrator: nobody could change users any more.
    """
    if user_id == by.pk:
        raise NotOneself
    with _administrators_remain():
        return _set_active(user_id, is_active=False, by=by)


@in_transaction
def reactivate_user(user_id: int, *, by: User | None = None) -> User:
    """The user signs in again, with the password from before."""
    return _set_active(user_id, is_active=True, by=by)


@in_transaction
def set_password(user_id: int, password: str, *, by: User | None = None) -> User:
    """Give a user a password. Their open sessions end."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    note(AuditKind.PASSWORD_CHANGED, user, by=by)
    return user


def _set_active(user_id: int, *, is_active: bool, by: User | None) -> User:
    user = User.objects.select_for_update().get(pk=user_id)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    look_again()
    note(AuditKind.REACTIVATED if is_active else AuditKind.DEACTIVATED, user, by=by)
    what = _("May sign in again") if is_active else _("May not sign in any more")
    publish(RecordChanged(user, (), by.contact if by else None, now(), text=str(what)))
    return user


def _refuse_taken(email: str, *, but: User | None = None) -> None:
    others = User.objects.filter(email=email)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise AddressTaken


def _refuse_company_outside(company: Company, companies: Sequence[Company]) -> None:
    if company.pk not in {known.pk for known in companies}:
        raise CompanyNotAmong


@contextmanager
def _administrators_remain() -> Iterator[None]:
    """Refuses, and so undoes, a change that leaves nobody who could change users. Two such changes take turns."""
    list(RoleGrant.objects.select_for_update().filter(app=_SETTINGS, role=Role.ADMINISTRATOR).order_by("pk"))
    administrators = User.objects.with_role(_SETTINGS, Role.ADMINISTRATOR)
    were_there = administrators.exists()
    yield
    if were_there and not administrators.all().exists():
        raise LastAdministrator


def _contact_for(email: str, new: NewUser) -> Contact:
    if new.contact:
        return new.contact
    free = Contact.objects.filter(user=None, merged_into=None).with_address(email)
    unclaimed: Contact | None = (free if new.kind == UserKind.INTERNAL else free.used_by(new.company)).first()
    if unclaimed:
        return unclaimed
    company = None if new.kind == UserKind.INTERNAL else new.company
    return Contact.objects.create(name=new.name, email=email, company=company)
