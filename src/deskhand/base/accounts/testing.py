"""Makers of data for tests and demo."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail

from deskhand.base.accounts.enums import AuditKind, Role, UserKind
from deskhand.base.accounts.models import AuditEntry, IdentityProvider, User
from deskhand.base.accounts.services import (
    NewUser,
    ProviderDetails,
    create_user,
    invite_user,
    note_proven_address,
    save_provider,
    settle_second_factor,
)
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now

_numbers = count(1)
PASSWORD = "correct horse battery"


def make_user(
    *,
    company: Company | None = None,
    kind: UserKind = UserKind.INTERNAL,
    role: Role = Role.USER,
    app: str = "helpdesk",
    name: str = "",
    email: str = "",
) -> User:
    """An internal Helpdesk user, unless told otherwise."""
    number = next(_numbers)
    return create_user(
        NewUser(
            email=email or f"user{number}@desk.example",
            name=name or f"User {number}",
            company=company or make_company(),
            kind=kind,
            roles={app: role} if kind == UserKind.INTERNAL else {},
            password=PASSWORD,
        )
    )


def make_agent(company: Company | None = None, *, name: str = "", email: str = "") -> User:
    return make_user(company=company, name=name, email=email)


def make_admin(company: Company | None = None, *, name: str = "", email: str = "") -> User:
    """An administrator of the Helpdesk."""
    return make_user(company=company, role=Role.ADMINISTRATOR, name=name, email=email)


def make_settings_admin(company: Company | None = None, *, name: str = "", email: str = "") -> User:
    """An administrator of companies, users and settings, with no role in the Helpdesk."""
    return make_user(company=company, role=Role.ADMINISTRATOR, app="settings", name=name, email=email)


def make_portal_user(company: Company | None = None, *, name: str = "", email: str = "") -> User:
    return make_user(company=company, kind=UserKind.PORTAL, name=name, email=email)


def prove_address(user: User) -> None:
    """The user has shown that the address is theirs, as by the link of an invitation."""
    note_proven_address(user)


def make_invitation_token(company: Company | None = None, *, email: str = "", by: User | None = None) -> str:
    """Invites somebody; what the link in their mail ends with. Only where mails stay in ``mail.outbox``."""
    address = email or f"invited{next(_numbers)}@desk.example"
    invite_user(NewUser(email=address, name="Ida Lind", company=company or make_company()), by=by, at=now())
    found = re.search(r"/account/invitation/([^/]+)/", str(mail.outbox[-1].body))
    assert found
    return found[1]


def make_authenticator_app(user: User) -> str:
    """Gives a user an authenticator app; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    settle_second_factor(User.objects.filter(pk=user.pk))
    return secret


def make_passkey(user: User) -> Authenticator:
    """A row as a passkey has one; no device answers for it."""
    data = {"name": "Passkey 1", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def make_provider(company: Company | None = None, **details: Any) -> IdentityProvider:
    """A provider that nobody answers for, unless ``issuer`` says where."""
    known: dict[str, Any] = {
        "key": f"provider{next(_numbers)}",
        "name": "Staff account",
        "issuer": "https://login.nordlys.example",
        "client_id": "deskhand",
        "secret": "a secret of the client",
        "domains": [],
        "trusts_addresses": False,
        "makes_accounts": False,
        "company": company or make_company(),
        "kind": UserKind.INTERNAL,
    }
    return save_provider(None, ProviderDetails(**known | details))


def told_settings_changes() -> list[str]:
    """What the audit says of changed settings, the oldest first."""
    return [detail for _user, _by, detail in told(AuditKind.SETTINGS_CHANGED)]


def told(kind: AuditKind) -> list[tuple[int, int | None, str]]:
    """What the audit says of one kind, the oldest first: ids of whom it happened to and of who did it, detail."""
    return list(AuditEntry.objects.filter(kind=kind).order_by("pk").values_list("user", "by", "detail"))
