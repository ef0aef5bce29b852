"""The list of users and the page of each, for administrators of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.forms import UserForm
from deskhand.base.accounts.queries import roles_in_words
from deskhand.base.accounts.services import change_user, create_user, deactivate_user, reactivate_user
from deskhand.base.companies.public import can_configure
from deskhand.kit.screens import Column, EmptyState, Filter, Group, RecordScreen, Sheet
from deskhand.kit.ui.shapes import MenuItem


class Users(RecordScreen[User]):
    model = User
    title = _("Users")
    app_key = "settings"
    list_url, new_url, record_url = "accounts:users", "accounts:new-user", "accounts:user"
    columns = [
        Column("name", kind="person", is_primary=True, card="title"),
        Column("email", width="l", card="start"),
        Column("kind", width="m", card="end"),
        Column("roles", _("Roles"), load=roles_in_words, card="start-2"),
        Column("company__name", _("Company"), width="m"),
        Column("last_login", _("Signed in"), kind="ago", align="end", width="s", card="end-2"),
    ]
    search = ["name", "email"]
    filters = [
        Filter("internal", _("Internal users"), Q(kind=UserKind.INTERNAL), section="kind"),
        Filter("portal", _("Portal users"), Q(kind=UserKind.PORTAL), section="kind"),
        Filter("never", _("Never signed in"), Q(last_login=None), section="login"),
    ]
    groups = [Group("kind", _("Kind")), Group("company", _("Company"))]
    order = ["name", "pk"]
    joins = ["company"]
    archived = Q(is_active=False)
    empty = EmptyState("users", _("No users yet"), _("Whoever works here signs in with a user of their own."))
    form = UserForm
    sheet = Sheet(left=["email", "kind", "language", "time_zone"], right=["companies", "company"])
    record_template = "accounts/user.html"

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.manageable_by(request.user)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def form_options(self, request: HttpRequest, record: User | None) -> dict[str, Any]:
        return {"instance": record, "by": request.user}

    def create(self, request: HttpRequest, form: UserForm) -> User:
        return create_user(form.new_user())

    def change(self, request: HttpRequest, record: User, form: UserForm) -> None:
        change_user(record.pk, form.details())

    def archive(self, request: HttpRequest, record: User) -> None:
        assert isinstance(request.user, User)  # noqa: S101  # the door has seen to it
        deactivate_user(record.pk, by=request.user)

    def restore(self, request: HttpRequest, record: User) -> None:
        reactivate_user(record.pk)

    def menu(self, request: HttpRequest, record: User) -> Sequence[MenuItem]:
        if not record.is_active:
            return ()
        reset = reverse("accounts:password-reset", args=[record.pk])
        password = reverse("accounts:password", args=[record.pk])
        return [
            MenuItem(_("Send a link to choose a password"), reset, icon="send", method="post"),
            MenuItem(_("Set a password…"), password, icon="key", opens_popup=True),
        ]


USERS = Users()
