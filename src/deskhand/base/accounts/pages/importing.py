"""Users out of a file: new ones are invited, unless the file says no."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import NewUser, UserDetails, change_user, create_user, invite_user
from deskhand.base.companies.public import Company
from deskhand.kit.choices import time_zones
from deskhand.kit.errors import DomainError
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.importing import Importer, LabelledField, ManyNamedField, NamedField, Values, YesNoField
from deskhand.kit.shell import APPS, App

_ROLE = "role_"


class OwnRowInFile(DomainError):
    code = "own_row_in_file"
    message = gettext_lazy("This is you. A file changes nobody's own rights: leave the row out.")
    field = "email"


def _fields(user: Any) -> dict[str, forms.Field]:
    """The companies are those the user works in: a file opens no others."""
    mine = Company.objects.filter(pk__in=user.works_in)
    return {
        "name": forms.CharField(label=_("Name"), max_length=200),
        "email": forms.EmailField(label=_("Email")),
        "kind": LabelledField(
            lambda: UserKind.choices, label=_("Kind"), required=False, initial=UserKind.INTERNAL.value
        ),
        "company": NamedField(lambda name: mine.filter(name__iexact=name), label=_("Company"), required=False),
        "companies": ManyNamedField(lambda name: mine.filter(name__iexact=name), label=_("Companies"), required=False),
        "language": LabelledField(lambda: settings.LANGUAGES, label=_("Language"), required=False),
        "time_zone": LabelledField(time_zones, label=_("Time zone"), required=False),
        **{_ROLE + app.key: _role_field(app) for app in _apps()},
        "invite": YesNoField(label=_("Invite"), required=False),
    }


def _role_field(app: App) -> forms.Field:
    choices = [(role.value, role.label) for role in Role if role != Role.USER or app.user_may]
    return LabelledField(
        lambda: choices, label=_("Role in %(app)s") % {"app": app.title}, required=False, initial=Role.NONE.value
    )


def _apps() -> list[App]:
    return [app for app in APPS if app.has_roles]


def _create(values: Values, doing: Doing) -> User:
    """What the file says nothing about is as for the one who imports."""
    by = cast(User, doing.user)
    company = values.get("company") or (values.get("companies") or [by.company])[0]
    new = NewUser(
        email=values["email"],
        name=values["name"],
        company=company,
        companies=values.get("companies") or [company],
        kind=UserKind(values.get("kind") or UserKind.INTERNAL),
        roles=_roles(values),
        language=values.get("language") or by.language,
        time_zone=values.get("time_zone") or by.time_zone,
    )
    if values.get("invite", True):
        return invite_user(new, by=by, at=doing.at).user
    return create_user(new, by=by)


def _update(user: User, values: Values, doing: Doing) -> User:
    """Only what the file has a column for.

    :raises OwnRowInFile: nobody changes their own rights by a file.
    """
    by = cast(User, doing.user)
    if user.pk == by.pk:
        raise OwnRowInFile
    roles = {grant.app: Role(grant.role) for grant in user.role_grants.all()} | _roles(values)
    company = values.get("company") or user.company
    companies = values.get("companies") or list(user.companies.all())
    details = UserDetails(
        email=values.get("email") or user.email,
        name=values.get("name") or user.name,
        kind=UserKind(values.get("kind") or user.kind),
        company=company,
        companies=[*companies, *([company] if company not in companies and "companies" not in values else [])],
        roles=roles,
        language=values.get("language") or user.language,
        time_zone=values.get("time_zone") or user.time_zone,
    )
    return change_user(user.pk, details, by=by)


def _roles(values: Values) -> dict[str, Role]:
    return {name.removeprefix(_ROLE): Role(value) for name, value in values.items() if name.startswith(_ROLE)}


USER_IMPORTER = Importer(
    fields=_fields,
    create=_create,
    update=_update,
    keys=("email",),
    paths={"email": "email__iexact"},
    examples={
        "name": "Ada Example",
        "email": "ada@desk.example",
        "kind": "Internal user",
        "role_helpdesk": "User",
        "invite": "yes",
    },
)
