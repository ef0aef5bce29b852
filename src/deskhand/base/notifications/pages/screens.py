"""All notifications of a user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.notifications.enums import Why
from deskhand.base.notifications.models import Notification
from deskhand.base.notifications.queries import lines_of, text_of, with_what_they_say
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListScreen
from deskhand.kit.ui.shapes import Badge


def _state(notification: Notification) -> Badge:
    if notification.read_at is None:
        return Badge(_("Unread"), icon="bell", tone="info")
    return Badge(_("Read"), icon="check")


def _abouts(pks: Sequence[int]) -> Mapping[int, str]:
    rows = with_what_they_say(Notification.objects.filter(pk__in=pks))
    return {line.notification.pk: line.about for line in lines_of(list(rows))}


class Notifications(ListScreen[Notification]):
    model = Notification
    title = _("Notifications")
    list_url, record_url = "notifications:list", "notifications:notification"
    columns = (
        Column("read_at", _("State"), value=_state, kind="badge", sort=[], width="m", card="end"),
        Column("why", width="m", card="start-2"),
        Column("text", _("What"), value=text_of, is_primary=True, card="title"),
        Column("about", _("About"), load=_abouts, card="start"),
        Column("created_at", kind="ago", align="end", width="s", card="end-2"),
    )
    search = ("message__body_html", "activity__summary")
    filters = (
        Filter("unread", _("Unread"), Q(read_at=None), section="read"),
        Filter("mentions", _("Mentions"), Q(why=Why.MENTION), section="why"),
        Filter("assigned", _("Assigned to you"), Q(why=Why.ASSIGNED), section="why"),
    )
    groups = (Group("why", _("Why")),)
    order = ("-created_at", "-pk")
    joins = ("message__author", "activity__kind")
    list_template = "notifications/list.html"
    empty = EmptyState(
        "bell",
        _("Nothing new"),
        _("You are told when somebody calls you by name, writes on what you follow, or gives you something to do."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Notification]:
        return Notification.objects.visible_to(request.user)

    def may_create(self, user: Any) -> bool:
        return False


NOTIFICATIONS = Notifications()
