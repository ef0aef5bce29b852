"""One's own notifications in the API: listed, read, unread again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.chatter.api.public import AboutAnswer, about_of
from deskhand.base.notifications.models import Notification
from deskhand.base.notifications.pages.screens import NOTIFICATIONS
from deskhand.base.notifications.queries import text_of
from deskhand.base.notifications.services.reading import mark_read, mark_unread
from deskhand.kit.api.public import Answer, Resource, Verb
from deskhand.kit.clock import now


class NotificationAnswer(Answer):
    id: int
    why: str
    about: AboutAnswer
    message: int | None = Field(description="Which message of the record it is about.")
    activity: int | None = Field(description="Which activity it is about.")
    text: str = Field(description="What was said or changed, or is to be done, in a line.")
    created_at: datetime
    read_at: datetime | None


class Notifications(Resource[Notification]):
    key, title, one, screen = "notifications", _("Notifications"), _("Notification"), NOTIFICATIONS
    answer = NotificationAnswer
    joins = ("message__author", "activity__kind")

    def rows(self, user: Any) -> QuerySet[Notification]:
        return Notification.objects.visible_to(user)

    def may_change(self, user: Any, record: Notification) -> bool:
        return bool(record.user_id == user.pk)

    def shown(self, record: Notification, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "why": record.why,
            "about": about_of(record.content_type_id, record.object_id),
            "message": record.message_id,
            "activity": record.activity_id,
            "text": text_of(record),
            "created_at": record.created_at,
            "read_at": record.read_at,
        }


NOTIFICATIONS_API = Notifications()


def _read(record: Notification, user: Any) -> Notification:
    """It is read."""
    mark_read(user, at=now(), pk=record.pk)
    return record


def _unread(record: Notification, user: Any) -> Notification:
    """Put it back among the unread."""
    mark_unread(user, record.pk)
    return record


NOTIFICATIONS_API.verb(Verb("PUT", "reading", "read", _("Mark read"), _read, scope="reading"))
NOTIFICATIONS_API.verb(Verb("DELETE", "reading", "unread", _("Mark unread"), _unread, scope="reading"))
