"""Who is told of what, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from deskhand.base.accounts.public import User
from deskhand.base.activities.public import Activity
from deskhand.base.chatter.public import Message, MessagePosted, conversation_of, readers_among
from deskhand.base.mail.public import Notice, queue_notice
from deskhand.base.notifications.enums import Way, Why
from deskhand.base.notifications.models import Notification, NotificationChoice
from deskhand.base.notifications.queries import (
    Told,
    colleagues_among,
    following_colleagues,
    mail_box,
    text_of,
    url_of,
    why_of,
)
from deskhand.kit import records
from deskhand.kit.inserting import insert
from deskhand.kit.live import nudge
from deskhand.kit.transactions import in_transaction


@in_transaction
def tell_of_message(fact: MessagePosted) -> None:
    """Ring the bells of colleagues: those a message goes to, those who are called by name or get the record, and the
    followers who want notes, changes or what is new. Its author is told of nothing.

    A message is mailed by the mail itself; what is not a message is mailed here to those who want mails. One query for
    a message with recipients, none without; two for a note or change, and three or four where others follow it; one for
    what is new and for who gets the record; with somebody to tell two statements more.
    """
    message, record = fact.message, fact.record
    reasons = {one: why for why, group in _groups(fact) for one in group if one.contact_id != message.author_id}
    told = {one.user_id: one for one in reasons}
    if not told:
        return
    made = _write([_about(record, one.user_id, reasons[one], message.created_at, message=message) for one in reasons])
    by_mail = {pk for pk, one in told.items() if one.way == Way.MAIL and not _is_mailed(message, one, fact.recipients)}
    _mail([one for one in made if one.user_id in by_mail], record, at=message.created_at)


def _groups(fact: MessagePosted) -> Iterator[tuple[Why, Sequence[Told]]]:
    """Who is told, and why; the last reason of somebody is the weightiest."""
    if fact.message.is_public:
        yield Why.MESSAGE, colleagues_among(fact.recipients)
    elif (why := why_of(fact.message)) is not None:
        yield why, _seeing(fact, following_colleagues(_places(fact.record), why))
    if fact.announces:
        yield Why.NEW, following_colleagues(_places(fact.record)[1:], Why.NEW)
    yield Why.ASSIGNED, colleagues_among(fact.concerned)
    yield Why.MENTION, colleagues_among(fact.mentioned)


def _seeing(fact: MessagePosted, followers: Sequence[Told]) -> Sequence[Told]:
    """Those who see the record, its author aside: who follows it may have lost a role or a company since."""
    others = {one.user_id: one for one in followers if one.contact_id != fact.message.author_id}
    if not others:
        return ()
    users = User.objects.filter(pk__in=others).select_related("contact").prefetch_related("companies", "role_grants")
    return [others[pk] for pk in readers_among(fact.record, list(users))]


@in_transaction
def tell_of_activity(activity: Activity, record: Any, *, by: User | None, at: datetime) -> None:
    """Ring the bell of who got something to do, unless they gave it to themselves."""
    if by is not None and by.pk == activity.assignee_id:
        return
    made = _write([_about(record, activity.assignee_id, Why.ACTIVITY, at, activity=activity)])
    told = colleagues_among([activity.assignee.contact_id])
    if told and told[0].way == Way.MAIL:
        _mail(made, record, at=at)


@in_transaction
def choose_way(user: User, way: Way) -> None:
    """How a user wants to be told, besides the bell."""
    NotificationChoice.objects.update_or_create(user=user, defaults={"way": way})


def _is_mailed(message: Message, told: Told, recipients: Sequence[int]) -> bool:
    """The message itself goes to them, with all that belongs to it."""
    return message.is_public and told.contact_id in recipients


def _places(record: Any) -> list[tuple[int, int]]:
    """The record, and those above it, whose followers are told as well."""
    kind = conversation_of(record)
    above = kind.above(record) if kind else ()
    return [(records.content_type_id(one), one.pk) for one in (record, *above)]


def _about(record: Any, user_id: int, why: Why, at: datetime, **what: Any) -> Notification:
    content_type = records.content_type_id(record)
    return Notification(
        user_id=user_id, why=why, content_type_id=content_type, object_id=record.pk, created_at=at, **what
    )


def _write(notifications: list[Notification]) -> list[Notification]:
    if len(notifications) == 1:
        insert(notifications[0])
    else:
        Notification.objects.bulk_create(notifications)
    for one in notifications:
        nudge(f"bell.{one.user_id}")
    return notifications


def _mail(notifications: Sequence[Notification], record: Any, *, at: datetime) -> None:
    """A mail to each, that says what happened and leads to the record. It takes no answers: a note must not become a
    message by an answer to it."""
    if not notifications:
        return
    users = User.objects.in_bulk([one.user_id for one in notifications])
    title = records.type_of(record).title(record)
    for one in notifications:
        with override(users[one.user_id].language):
            notice = _notice(one, users[one.user_id], title, record)
        queue_notice(notice, at=at)


def _notice(one: Notification, user: User, title: str, record: Any) -> Notice:
    context = {
        "why": one.get_why_display(),
        "title": title,
        "text": text_of(one),
        "url": settings.SITE_URL + url_of(one),
    }
    return Notice(
        sender=settings.DEFAULT_FROM_EMAIL,
        to=[mail_box(user)],
        subject=_("%(why)s: %(title)s") % context,
        text=render_to_string("notifications/mail.txt", context),
        record=record,
    )
