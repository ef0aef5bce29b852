"""Whom a fact concerns, and what waits for a user."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User, Viewer
from deskhand.base.chatter.public import Follower, Message, MessageKind
from deskhand.base.notifications.enums import Way, Why
from deskhand.base.notifications.models import Notification, NotificationChoice
from deskhand.kit import records
from deskhand.kit.html import html_to_text
from deskhand.kit.prepared import prepared

#: Characters of a message in a line.
_EXCERPT = 140


@dataclass(frozen=True)
class Told:
    """A user who is told, and how they want it."""

    user_id: int
    contact_id: int
    way: Way


def colleagues_among(contact_ids: Sequence[int]) -> list[Told]:
    """Those of the contacts who work here. One query; none for nobody."""
    return [_told(row) for row in _users_of(list(contact_ids))] if contact_ids else []


def following_colleagues(places: Sequence[tuple[int, int]], why: Why) -> list[Told]:
    """Colleagues who follow one of the records (content type, id) and want to be told of this. One query for each."""
    rows = {row[0]: row for kind, pk in places for row in _followers(kind, pk, _WANTED[why])}
    return [_told(row) for row in rows.values()]


_WANTED = {
    Why.NOTE: frozenset({"gets_notes"}),
    Why.STAGE: frozenset({"gets_stages"}),
    Why.CHANGE: frozenset({"gets_changes"}),
    Why.NEW: frozenset({"gets_messages"}),
}


@prepared
def _users_of(contact_ids: list[int]) -> QuerySet[User, Any]:
    users = User.objects.internal().filter(contact__in=contact_ids).order_by("pk")
    return users.values_list("pk", "contact_id", "notification_choice__way")


@prepared
def _followers(content_type: int, object_id: int, wanted: frozenset[str]) -> QuerySet[User, Any]:
    followers = Follower.objects.filter(content_type=content_type, object_id=object_id, **dict.fromkeys(wanted, True))
    users = User.objects.internal().filter(contact__in=followers.values("contact")).order_by("pk")
    return users.values_list("pk", "contact_id", "notification_choice__way")


def _told(row: tuple[int, int, str | None]) -> Told:
    return Told(row[0], row[1], Way(row[2] or Way.MAIL))


def way_of(user: User) -> Way:
    """How a user wants to be told. One query."""
    chosen = NotificationChoice.objects.filter(user=user).first()
    return Way(chosen.way) if chosen else Way.MAIL


def wanting_no_mail(user_ids: Sequence[int]) -> Collection[int]:
    """Those of the users who do not want each message by mail. One query."""
    return set(_without_mail(list(user_ids)))


@prepared
def _without_mail(user_ids: list[int]) -> QuerySet[NotificationChoice, int]:
    chosen = NotificationChoice.objects.filter(user__in=user_ids).exclude(way=Way.MAIL)
    return chosen.values_list("user_id", flat=True)


def unread_count(viewer: Viewer) -> int:
    """How many notifications a user has not read. One query."""
    counted = _unread(viewer)
    return int(counted[0][1]) if counted else 0


@prepared
def _unread(viewer: Viewer) -> QuerySet[Notification, Any]:
    unread = Notification.objects.visible_to(viewer).unread().order_by()
    return unread.values_list("user").annotate(number=Count("pk"))


@dataclass(frozen=True)
class Line:
    """A notification as it is shown. ``who`` may be empty: the desk itself."""

    notification: Notification
    who: str
    about: str
    text: str


def lines_of(notifications: Sequence[Notification]) -> list[Line]:
    """Each with what it says. A query for each kind of record."""
    titles = _titles(notifications)
    return [
        Line(one, _who(one), titles.get((one.content_type_id, one.object_id), ""), text_of(one))
        for one in notifications
    ]


def with_what_they_say(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    return notifications.select_related("message__author", "activity__kind", "activity__created_by")


def text_of(notification: Notification) -> str:
    """What was said or changed, or is to be done, in a line."""
    if notification.activity is not None:
        return str(notification.activity)
    message = notification.message
    if message is None:
        return ""
    if message.deleted_at:
        return _("This note was deleted.")
    if message.kind == MessageKind.TRACK and message.changes:
        return ", ".join(f"{one['label']}: {one['old'] or '–'} → {one['new'] or '–'}" for one in message.changes)
    return Truncator(" ".join(html_to_text(message.body_html).split())).chars(_EXCERPT)


def url_of(notification: Notification) -> str:
    """The page of the record, at the message."""
    model = ContentType.objects.get_for_id(notification.content_type_id).model_class()
    if model is None:
        return "/"
    anchor = f"#message-{notification.message_id}" if notification.message_id else ""
    return records.type_of(model).url(model(pk=notification.object_id)) + anchor


def _who(notification: Notification) -> str:
    if notification.activity is not None:
        by = notification.activity.created_by
        return by.name if by else ""
    author = notification.message.author if notification.message else None
    return author.name if author else ""


def _titles(notifications: Sequence[Notification]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for content_type in {one.content_type_id for one in notifications}:
        model = ContentType.objects.get_for_id(content_type).model_class()
        ids = {one.object_id for one in notifications if one.content_type_id == content_type}
        for record in model._default_manager.filter(pk__in=ids) if model else ():  # noqa: SLF001
            found[content_type, record.pk] = records.type_of(record).title(record)
    return found


def mail_box(user: User) -> str:
    """``"Name" <address>``, whatever the name."""
    name = user.name.replace("\\", "").replace('"', "")
    return f'"{name}" <{user.email}>'


def why_of(message: Message) -> Why | None:
    """What followers of notes and changes call it; None: they are not asked."""
    if message.kind == MessageKind.NOTE:
        return Why.NOTE
    if message.kind != MessageKind.TRACK or not message.changes:
        return None
    return Why.STAGE if any(change["field"] == "stage" for change in message.changes) else Why.CHANGE
