"""What an administrator types about a user."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import Role, SecondFactor, SignUp, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import (
    NewUser,
    UserDetails,
    allow_sign_up,
    require_second_factor,
    second_factor_of,
    sign_up_of,
)
from deskhand.base.companies.public import Company, SettingsForm
from deskhand.kit.choices import time_zones
from deskhand.kit.shell import APPS, App
from deskhand.kit.ui.widgets import LongSelect

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_ROLE = "role_"
#: What a password must be, in the words of who reads it.
PASSWORD_RULES = _("At least 10 characters; no common password, and nothing like your name or address.")


@dataclass(frozen=True)
class RoleRow:
    """A line of the table of roles: an app, what its roles may do, and the field to choose with."""

    app: App
    field: BoundField
    notes: list[tuple[str, str | StrPromise]]


class UserForm(forms.Form):
    """The sheet of a user, with a field for the role in every app that has roles."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Enter a name.")})
    email = forms.EmailField(
        label=_("Email"),
        help_text=_("To sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the mail address to sign in with.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=UserKind.choices,
        help_text=_("Internal users work here; portal users are customers who see their own tickets."),
    )
    companies = forms.ModelMultipleChoiceField(
        Company.objects.all(),
        label=_("Companies"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one company.")},
    )
    company = forms.ModelChoiceField(
        Company.objects.all(),
        label=_("Present company"),
        help_text=_("New records belong to it."),
        error_messages={"required": _("Choose a company.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, widget=LongSelect)
    invite = forms.BooleanField(
        label=_("Send an invitation"),
        required=False,
        initial=True,
        help_text=_("A mail with a personal link: there they choose a password. It works once, for seven days."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: User | None, by: User, initial: dict[str, Any]
    ) -> None:
        known = _known(instance) if instance else _first_guess(by)
        super().__init__(data, files, initial=known | initial)
        if instance:
            del self.fields["invite"]
        for app in _apps_with_roles():
            roles = dict(instance.role_grants.values_list("app", "role")) if instance else {}
            self.fields[_ROLE + app.key] = forms.TypedChoiceField(
                label=app.title,
                choices=_choices(app),
                coerce=lambda value: Role(int(value)),
                initial=roles.get(app.key, Role.NONE),
            )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def role_rows(self) -> Iterator[RoleRow]:
        for app in _apps_with_roles():
            notes = [(str(Role.USER.label), app.user_may), (str(Role.ADMINISTRATOR.label), app.administrator_may)]
            yield RoleRow(app, self[_ROLE + app.key], [note for note in notes if note[1]])

    def details(self) -> UserDetails:
        data = self.cleaned_data
        return UserDetails(
            email=data["email"],
            name=data["name"],
            kind=UserKind(data["kind"]),
            company=data["company"],
            companies=list(data["companies"]),
            roles={app.key: data[_ROLE + app.key] for app in _apps_with_roles()},
            language=data["language"],
            time_zone=data["time_zone"],
        )

    def new_user(self) -> NewUser:
        return NewUser(**vars(self.details()))


class PasswordForm(forms.Form):
    """A password for somebody else."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        error_messages={"required": _("Enter a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_RULES,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password


class SignInSection(SettingsForm):
    """*Signing in*: what the present company asks of its users, and which customers may sign up."""

    second_factor = forms.ChoiceField(
        label=_("Two-factor authentication"),
        choices=SecondFactor.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Whoever has none yet sets it up at the next page they open."),
    )

    sign_up = forms.ChoiceField(
        label=_("Customer accounts"),
        choices=SignUp.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Who may make an account to see their tickets. Each address is confirmed by a mail first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"second_factor": second_factor_of(self.company), "sign_up": sign_up_of(self.company)}

    def save(self) -> None:
        of, may_sign_up = self.cleaned_data["second_factor"], self.cleaned_data["sign_up"]
        if of and of != self.initial["second_factor"]:
            require_second_factor(self.company, SecondFactor(of))
        if may_sign_up and may_sign_up != self.initial["sign_up"]:
            allow_sign_up(self.company, SignUp(may_sign_up))


def _apps_with_roles() -> list[App]:
    return [app for app in APPS if app.has_roles]


def _choices(app: App) -> list[tuple[int, Any]]:
    return [(role.value, role.label) for role in Role if role != Role.USER or app.user_may]


def _known(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "email": user.email,
        "kind": user.kind,
        "company": user.company_id,
        "companies": user.company_ids,
        "language": user.language,
        "time_zone": user.time_zone,
    }


def _first_guess(by: User) -> dict[str, Any]:
    return {
        "kind": UserKind.INTERNAL,
        "company": by.company_id,
        "companies": [by.company_id],
        "language": by.language,
        "time_zone": by.time_zone,
    }
