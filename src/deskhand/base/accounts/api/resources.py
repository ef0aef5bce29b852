"""Users in the API: colleagues for everybody who works here, all about them for administrators of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.screens import USERS
from deskhand.base.accounts.services import (
    NewUser,
    UserDetails,
    change_user,
    create_user,
    deactivate_user,
    reactivate_user,
)
from deskhand.base.companies.public import Company, can_configure
from deskhand.kit.api.asking import state_asked
from deskhand.kit.api.checks import Email, TimeZone, all_named, named, one_of
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer, Body, Key, Ref, Resource, changes_of, ref, sent
from deskhand.kit.shell import APPS

RoleName = Literal["none", "user", "administrator"]
_ROLES: Mapping[str, Role] = {"none": Role.NONE, "user": Role.USER, "administrator": Role.ADMINISTRATOR}
_NAMES = {role: name for name, role in _ROLES.items()}
Language = Annotated[
    str, Field(max_length=10, pattern=r"^[a-z]"), one_of(lambda: [(code, "") for code, _name in settings.LANGUAGES])
]


class UserAnswer(Answer):
    id: int
    name: str
    email: str
    kind: Literal["internal", "portal"]
    is_active: bool
    contact: int = Field(description="The contact that stands for the user.")
    company: Ref
    companies: list[Ref] | None = Field(description="For administrators of the settings; null for all others.")
    roles: dict[str, RoleName] | None = Field(description="By app. For administrators of the settings, as above.")
    language: str
    time_zone: str
    joined_at: datetime
    last_login: datetime | None


class NewUserBody(Body):
    name: Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=200)]
    email: Annotated[Email, Field(min_length=3)] = Field(description="To sign in with; a password is chosen by mail.")
    company: Key = Field(description="The present company: new records belong to it.")
    companies: list[Key] = Field([], max_length=100, description="All that the user may work in; empty: `company`.")
    kind: Literal["internal", "portal"] = "internal"
    roles: dict[str, RoleName] = Field({}, description='By app, such as {"helpdesk": "user"}.', max_length=50)
    language: Language = "en"
    time_zone: TimeZone = "UTC"


#: Fields and filters of the page that only administrators of the settings are told.
_NOT_SHOWN = frozenset({"companies", "invited"})


class Users(Resource[User]):
    key, title, one, screen = "users", _("Users"), _("User"), USERS
    answer, new, changes = UserAnswer, NewUserBody, changes_of(NewUserBody, "UserChanges")
    joins = ("company",)
    prefetches = ("companies", "role_grants")

    def rows(self, user: Any) -> QuerySet[User]:
        return User.objects.manageable_by(user) if can_configure(user) else _colleagues(user)

    def may_read(self, user: Any) -> bool:
        """Whoever works here sees the colleagues that tickets can be assigned to."""
        return bool(user.is_internal)

    def may_create(self, user: Any) -> bool:
        return can_configure(user)

    def chosen(self, request: HttpRequest, asked: Any) -> QuerySet[User]:
        """What colleagues are not shown of each other, they do not find out by asking either."""
        state = state_asked(self.screen, asked)
        fields = {name for name, _value in state.within}
        fields |= {one.field for custom in state.custom for one in custom.conditions}
        if not can_configure(request.user) and (fields & _NOT_SHOWN or _NOT_SHOWN & set(state.filters)):
            raise invalid("in", __("Only administrators of the settings may ask this."), code="not_for_you")
        return super().chosen(request, asked)

    def shown(self, record: User, user: Any) -> Mapping[str, Any]:
        manages = can_configure(user)
        return {
            "id": record.pk,
            "name": record.name,
            "email": record.email,
            "kind": record.kind,
            "is_active": record.is_active,
            "contact": record.contact_id,
            "company": ref(record.company),
            "companies": [ref(company) for company in record.companies.all()] if manages else None,
            "roles": _known_roles(record) if manages else None,
            "language": record.language,
            "time_zone": record.time_zone,
            "joined_at": record.joined_at,
            "last_login": record.last_login,
        }

    def create(self, user: Any, body: NewUserBody) -> User:
        return create_user(NewUser(**user_values(body.model_dump())), by=user)

    def change(self, user: Any, record: User, body: Any) -> None:
        now: dict[str, Any] = {
            "name": record.name,
            "email": record.email,
            "kind": record.kind,
            "company": record.company_id,
            "companies": [company.pk for company in record.companies.all()],
            "roles": _known_roles(record),
            "language": record.language,
            "time_zone": record.time_zone,
        }
        change_user(record.pk, UserDetails(**user_values(now | sent(body))), by=user)

    def archive(self, user: Any, record: User) -> None:
        deactivate_user(record.pk, by=user)

    def restore(self, user: Any, record: User) -> None:
        reactivate_user(record.pk, by=user)


def _known_roles(user: User) -> dict[str, str]:
    """Those in apps that have roles; what an app that has none any more once gave goes with the next change."""
    if user.kind != UserKind.INTERNAL:
        return {}
    known = {app.key for app in APPS if app.has_roles}
    return {grant.app: _NAMES[Role(grant.role)] for grant in user.role_grants.all() if grant.app in known}


def _colleagues(user: Any) -> QuerySet[User]:
    """As ``visible_to``, each once without DISTINCT: parts of the list can be joined and locked."""
    return User.objects.filter(pk__in=User.objects.visible_to(user).order_by().values("pk"))


def user_values(values: dict[str, Any]) -> dict[str, Any]:
    """The fields as the services take them: records instead of ids."""
    known = {app.key for app in APPS if app.has_roles}
    if unknown := sorted(set(values["roles"]) - known):
        raise invalid("roles", __("There is no app %(name)s.") % {"name": unknown[0][:40]}, code="unknown_app")
    company = named(Company.objects.all(), values["company"], "company")
    return values | {
        "kind": UserKind(values["kind"]),
        "company": company,
        "companies": all_named(Company.objects.all(), values["companies"], "companies") or [company],
        "roles": {app: _ROLES[role] for app, role in values["roles"].items()},
    }


USERS_API = Users()
