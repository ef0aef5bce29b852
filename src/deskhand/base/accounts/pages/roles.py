"""What the roles of each app are for: a page to read, and to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.places import ABILITIES, Ability
from deskhand.base.accounts.queries import users_per_role
from deskhand.base.companies.public import settings_page
from deskhand.kit.shell import APPS, App


@dataclass(frozen=True)
class AppRoles:
    """An app, what its roles may do, and how many have them."""

    app: App
    abilities: Sequence[tuple[Ability, bool]]
    users: int
    administrators: int

    @property
    def has_users(self) -> bool:
        return bool(self.app.user_may)


@require_safe
@settings_page
def roles(request: HttpRequest) -> HttpResponse:
    """Every app that has roles. One query."""
    counts = users_per_role()
    apps = [_roles_of(app, counts) for app in APPS if app.has_roles]
    return render(request, "accounts/roles.html", {"apps": apps, "app_key": "settings"})


def _roles_of(app: App, counts: Mapping[tuple[str, Role], int]) -> AppRoles:
    abilities = sorted(_abilities_of(app), key=lambda one: one.role)
    return AppRoles(
        app=app,
        abilities=[(one, one.role == Role.USER) for one in abilities],
        users=counts.get((app.key, Role.USER), 0),
        administrators=counts.get((app.key, Role.ADMINISTRATOR), 0),
    )


def _abilities_of(app: App) -> list[Ability]:
    """What was said of the app one by one; of an app that did not, the sentences of its two roles."""
    told = [one for one in ABILITIES if one.app == app.key]
    sentences = ((Role.USER, app.user_may), (Role.ADMINISTRATOR, app.administrator_may))
    return told or [Ability(app.key, sentence, role) for role, sentence in sentences if sentence]
