"""Makers of data for tests and demo."""

from __future__ import annotations

from itertools import count

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import NewUser, create_user
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company

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
