"""``deskhand create-admin``: the first administrator, or one more."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import NewUser, create_user
from deskhand.base.companies.public import Company, NewCompany, create_company
from deskhand.kit.shell import APPS

PASSWORD_VARIABLE = "DESKHAND_ADMIN_PASSWORD"  # noqa: S105
#: What the first company is called until somebody changes it in the general settings.
FIRST_COMPANY = "My Company"


class Command(BaseCommand):
    help = (
        "Make a user who is administrator of every app. The password is asked for; without a terminal it is read "
        f"from {PASSWORD_VARIABLE} or else from the first line of standard input."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="the address to sign in with")
        parser.add_argument("--name", required=True, help="the name that colleagues see")
        parser.add_argument(
            "--company", default="", help=f"the company to work in; it is made if there is none (“{FIRST_COMPANY}”)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        email, name = _address(options["email"]), _name(options["name"])
        if User.objects.filter(email=email).exists():
            raise _refusal(f"Somebody signs in with {email} already. Choose another address.")
        password = _password(User(email=email, name=name))
        with transaction.atomic():
            company = _company(options["company"])
            user = create_user(
                NewUser(
                    email=email,
                    name=name,
                    company=company,
                    companies=list(Company.objects.order_by("pk")),
                    roles={app.key: Role.ADMINISTRATOR for app in APPS if app.has_roles},
                    password=password,
                )
            )
        self.stdout.write(f"{user.name} signs in with {user.email} and administers {company.name}.")


def _refusal(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=os.EX_DATAERR)


def _address(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError:
        raise _refusal(f"{text!r} is no mail address. Use one such as name@company.example.") from None
    return text.strip().lower()


def _name(text: str) -> str:
    if not text.strip():
        raise _refusal("--name is empty. Say what colleagues shall see.")
    return text.strip()


def _company(name: str) -> Company:
    """The company of this name; without a name the only one; made if there is none at all or none of this name."""
    companies = Company.objects.order_by("pk")
    found = companies.filter(name__iexact=name).first() if name else None
    if found:
        return found
    if not name and companies.count() > 1:
        names = ", ".join(companies.values_list("name", flat=True)[:10])
        raise _refusal(f"There are several companies ({names}). Say which with --company.")
    only = None if name else companies.first()
    return only or create_company(NewCompany(name=name or FIRST_COMPANY), by=None)


def _password(user: User) -> str:
    password = _asked() if sys.stdin.isatty() and PASSWORD_VARIABLE not in os.environ else _given()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise _refusal(" ".join(error.messages)) from None
    return password


def _asked() -> str:
    password = getpass("Password: ")
    if password != getpass("The same again: "):
        raise _refusal("The two passwords differ. Nothing was made.")
    return password


def _given() -> str:
    password = os.environ.get(PASSWORD_VARIABLE) or sys.stdin.readline().rstrip("\n")
    if not password:
        raise _refusal(f"There is no password. Set {PASSWORD_VARIABLE}, or write it to standard input.")
    return password
