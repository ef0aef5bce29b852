"""The list of all keys, for administrators."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import can_configure
from deskhand.base.keys.models import ApiKey
from deskhand.kit.clock import now
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListScreen
from deskhand.kit.ui.shapes import Badge

_OVER = Q(revoked_at__isnull=False) | Q(expires_at__lte=Now())


def state_badge(key: ApiKey) -> Badge:
    if key.revoked_at:
        return Badge(_("Revoked"), icon="ban", tone="bad")
    return Badge(_("Valid"), icon="check", tone="ok") if key.is_valid(now()) else Badge(_("Expired"), icon="clock")


class AllKeys(ListScreen[ApiKey]):
    model = ApiKey
    title = _("API Keys")
    app_key = "settings"
    list_url, record_url = "keys:all", "keys:key"
    columns = (
        Column("name", is_primary=True, card="title"),
        Column("user__name", _("User"), kind="person", card="start"),
        Column("prefix", kind="reference", width="m", card="start-2"),
        Column("state", _("State"), value=state_badge, kind="badge", width="m", card="end-2"),
        Column("expires_at", kind="when", width="l"),
        Column("last_used_at", kind="ago", align="end", width="s", card="end"),
    )
    search = ("name", "prefix", "user__name")
    filters = (
        Filter("valid", _("Valid"), ~_OVER, section="state"),
        Filter("over", _("Revoked or expired"), _OVER, section="state"),
        Filter("unused", _("Never used"), Q(last_used_at=None), section="use"),
    )
    groups = (Group("user", _("User"), label_path="user__name"),)
    order = ("-created_at", "-pk")
    joins = ("user",)
    empty = EmptyState("key", _("No API key yet"), _("Programs call Deskhand with keys that people make for them."))

    def rows(self, request: HttpRequest) -> QuerySet[ApiKey]:
        return ApiKey.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def may_create(self, user: Any) -> bool:
        del user
        return False


ALL_KEYS = AllKeys()
