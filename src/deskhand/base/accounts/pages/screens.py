"""Lists and pages of users, of providers that they sign in by, and of what was written down about both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, UserKind
from deskhand.base.accounts.models import AuditEntry, IdentityProvider, Invitation, User
from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.pages.forms import UserForm
from deskhand.base.accounts.pages.importing import USER_IMPORTER
from deskhand.base.accounts.pages.providers import ProviderForm
from deskhand.base.accounts.queries import detail_in_words, invitation_badges, roles_in_words, with_second_factor
from deskhand.base.accounts.services import (
    change_user,
    create_user,
    deactivate_user,
    invite_user,
    reactivate_user,
    save_provider,
    set_provider_active,
)
from deskhand.base.companies.public import can_configure
from deskhand.kit.clock import now
from deskhand.kit.screens import Column, EmptyState, Field, Filter, Group, ListScreen, RecordScreen, Sheet
from deskhand.kit.ui.shapes import HeaderButton, MenuItem

_INVITED = Q(invitation__isnull=False, invitation__accepted_at=None)


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
        Column("protected", _("Two-factor"), load=with_second_factor, kind="check", width="s"),
        Column("invitation", _("Invitation"), load=invitation_badges, width="m"),
        Column("language", is_shown=False, width="s"),
        Column("time_zone", is_shown=False, width="m"),
        Column("joined_at", kind="ago", align="end", is_shown=False, width="s"),
        Column("last_login", _("Signed in"), kind="ago", align="end", width="s", card="end-2"),
    ]
    search = ["name", "email"]
    filters = [
        Filter("internal", _("Internal users"), Q(kind=UserKind.INTERNAL), section="kind"),
        Filter("portal", _("Portal users"), Q(kind=UserKind.PORTAL), section="kind"),
        Filter("never", _("Never signed in"), Q(last_login=None), section="login"),
        Filter("invited", _("Invited, not here yet"), _INVITED, section="login"),
    ]
    groups = [
        Group("kind", _("Kind")),
        Group("company", _("Company")),
        Group("signed-in", _("Signed in"), path="last_login", empty=_("Never signed in")),
        Group("joined", _("Joined on"), path="joined_at"),
    ]
    fields = [Field("companies"), Field("language"), Field("time_zone")]
    order = ["name", "pk"]
    joins = ["company"]
    archived = Q(is_active=False)
    empty = EmptyState("users", _("No users yet"), _("Whoever works here signs in with a user of their own."))
    form = UserForm
    sheet = Sheet(left=["email", "kind", "language", "time_zone"], right=["companies", "company", "invite"])
    record_template = "accounts/user.html"
    importer = USER_IMPORTER

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.manageable_by(request.user)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def form_options(self, request: HttpRequest, record: User | None) -> dict[str, Any]:
        return {"instance": record, "by": request.user}

    def create(self, request: HttpRequest, form: UserForm) -> User:
        if not form.cleaned_data["invite"]:
            return create_user(form.new_user(), by=person(request))
        made = invite_user(form.new_user(), by=person(request), at=now()).user
        messages.success(request, gettext("An invitation is on its way to %(email)s.") % {"email": made.email})
        return made

    def change(self, request: HttpRequest, record: User, form: UserForm) -> None:
        change_user(record.pk, form.details(), by=person(request))

    def archive(self, request: HttpRequest, record: User) -> None:
        deactivate_user(record.pk, by=person(request))

    def restore(self, request: HttpRequest, record: User) -> None:
        reactivate_user(record.pk, by=person(request))

    def menu(self, request: HttpRequest, record: User) -> Sequence[MenuItem]:
        if not record.is_active:
            return ()
        has_come_in = bool(record.last_login)
        return [*(_ways_in(record) if has_come_in else _invitation(record)), *_ways_back(record)]

    def record_context(self, request: HttpRequest, record: User) -> dict[str, Any]:
        del request
        return {"invitation": Invitation.objects.filter(user=record, accepted_at=None).first(), "now": now()}


def _ways_in(user: User) -> list[MenuItem]:
    return [
        MenuItem(
            _("Send a link to choose a password"),
            reverse("accounts:password-reset", args=[user.pk]),
            icon="send",
            method="post",
        )
    ]


def _invitation(user: User) -> list[MenuItem]:
    send = MenuItem(_("Send an invitation"), reverse("accounts:invitation", args=[user.pk]), icon="send", method="post")
    if not Invitation.objects.filter(user=user, accepted_at=None).exists():
        return [send]
    withdraw = MenuItem(
        _("Withdraw the invitation"),
        reverse("accounts:withdrawal", args=[user.pk]),
        icon="mail-off",
        method="post",
        confirm=gettext(
            "Withdraw the invitation of %(name)s? The link in the mail opens nothing any more, and the "
            "user is archived."
        )
        % {"name": user.name},
    )
    return [replace(send, label=_("Send the invitation again")), withdraw]


def _ways_back(user: User) -> list[MenuItem]:
    return [
        MenuItem(_("Set a password…"), reverse("accounts:password", args=[user.pk]), icon="key", opens_popup=True),
        MenuItem(
            _("Reset two-factor authentication"),
            reverse("accounts:second-factor-reset", args=[user.pk]),
            icon="shield-off",
            method="post",
            confirm=gettext(
                "Take away every second factor of %(name)s, and sign out their devices? They sign in with "
                "the password alone until they set up a new one."
            )
            % {"name": user.name},
        ),
    ]


USERS = Users()


class Audit(ListScreen[AuditEntry]):
    """Who signed in when, and who changed whose rights. Nobody changes it."""

    model = AuditEntry
    title = _("Sign-ins and Rights")
    app_key = "settings"
    list_url, record_url = "accounts:audit", "accounts:user"
    columns = [
        Column("at", kind="when", width="l", card="end"),
        Column("user__name", _("User"), kind="person", is_primary=True, card="title"),
        Column("kind", width="m", card="start"),
        Column("detail", card="start-2", sort=(), value=detail_in_words),
        Column("by__name", _("By"), width="m"),
        Column("address", width="m", card="end-2"),
    ]
    search = ["user__name", "user__email", "detail", "address"]
    filters = [
        Filter("sign-ins", _("Sign-ins"), Q(kind=AuditKind.SIGNED_IN), section="kind"),
        Filter("failed", _("Failed sign-ins"), Q(kind=AuditKind.SIGN_IN_FAILED), section="kind"),
        Filter("roles", _("Changed roles"), Q(kind=AuditKind.ROLES_CHANGED), section="kind"),
        Filter(
            "factors",
            _("Second factors"),
            Q(kind__in=[AuditKind.FACTOR_ADDED, AuditKind.FACTOR_REMOVED, AuditKind.FACTORS_RESET]),
            section="kind",
        ),
        Filter("keys", _("API keys"), Q(kind__in=[AuditKind.KEY_MADE, AuditKind.KEY_REVOKED]), section="kind"),
        Filter("settings", _("Changed settings"), Q(kind=AuditKind.SETTINGS_CHANGED), section="kind"),
    ]
    groups = [
        Group("kind", _("What")),
        Group("user", _("User"), label_path="user__name"),
        Group("month", _("Month"), path="at", by="month"),
    ]
    order = ["-at", "-pk"]
    joins = ["user", "by"]
    empty = EmptyState(
        "shield-check",
        _("Nothing happened yet"),
        _("Who signs in, and who changes whose rights, is written down here."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        users = User.objects.manageable_by(request.user)
        return AuditEntry.objects.filter(user__in=users)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def record_address(self, record: AuditEntry, query: str) -> str:
        """Nothing is to be seen of an entry that the list does not say: its row leads to the user."""
        del query
        return reverse(self.record_url, args=[record.user_id])


AUDIT = Audit()


class Providers(RecordScreen[IdentityProvider]):
    model = IdentityProvider
    title = _("Sign-in Providers")
    app_key = "settings"
    list_url, new_url, record_url = "accounts:providers", "accounts:new-provider", "accounts:provider"
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("issuer", card="start"),
        Column("domains", value=lambda provider: ", ".join(provider.domains), sort=(), width="l", card="start-2"),
        Column("makes_accounts", kind="check", width="s"),
    ]
    search = ["name", "issuer"]
    order = ["name", "pk"]
    archived = Q(is_active=False)
    empty = EmptyState(
        "id",
        _("No providers yet"),
        _("People can sign in with the account they have elsewhere: Keycloak, Microsoft Entra, Google, and others."),
    )
    form = ProviderForm
    importer = None  # few, with a secret each, and no secret belongs into a file
    record_template = "accounts/provider.html"
    sheet = Sheet(
        left=["issuer", "client_id", "secret", "key"],
        right=["domains", "trusts_addresses", "makes_accounts", "company", "kind"],
    )

    def rows(self, request: HttpRequest) -> QuerySet[IdentityProvider]:
        return IdentityProvider.objects.all() if can_configure(request.user) else IdentityProvider.objects.none()

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def create(self, request: HttpRequest, form: ProviderForm) -> IdentityProvider:
        return save_provider(None, form.details())

    def change(self, request: HttpRequest, record: IdentityProvider, form: ProviderForm) -> None:
        save_provider(record.pk, form.details())

    def archive(self, request: HttpRequest, record: IdentityProvider) -> None:
        set_provider_active(record.pk, is_active=False)

    def restore(self, request: HttpRequest, record: IdentityProvider) -> None:
        set_provider_active(record.pk, is_active=True)

    def record_context(self, request: HttpRequest, record: IdentityProvider) -> dict[str, Any]:
        back = reverse("openid_connect_callback", args=[record.key])
        trial = reverse("accounts:provider-connection", args=[record.pk])
        button = HeaderButton(gettext("Test connection"), trial, icon="plug-connected", opens_popup=True)
        return {"redirect_address": settings.SITE_URL + back, "header_buttons": [button]}


PROVIDERS = Providers()
