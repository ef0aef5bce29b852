"""What became of mails, for pages that show messages and records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import can_configure
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.models import IncomingMail, OutgoingMail
from deskhand.base.mail.places import RECORD_MAILS
from deskhand.base.mail.policies import can_administer_mail, domains_of
from deskhand.kit import records
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.shapes import Badge
from deskhand.kit.work.models import WorkState

if TYPE_CHECKING:
    from deskhand.base.mail.querysets import IncomingMailQuerySet, OutgoingMailQuerySet

_OUTCOMES = {
    Outcome.PENDING: Badge("", icon="clock"),
    Outcome.CREATED: Badge("", icon="circle-plus", tone="ok"),
    Outcome.JOINED: Badge("", icon="message", tone="ok"),
    Outcome.DUPLICATE: Badge("", icon="copy"),
    Outcome.IGNORED: Badge("", icon="robot"),
    Outcome.FAILED: Badge("", icon="alert-triangle", tone="bad"),
}


@dataclass(frozen=True)
class Undelivered:
    """A mail that did not reach somebody, and why."""

    pk: int
    address: str
    reason: str


@dataclass
class MessageDelivery:
    """How far the mails of one message are. ``troubled``: they wait because an attempt failed."""

    sent: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    troubled: list[Undelivered] = field(default_factory=list)
    failed: list[Undelivered] = field(default_factory=list)


def incoming_visible_to(user: Any) -> IncomingMailQuerySet:
    """What came in, for administrators; the only way to list it: mails of records that the user sees, and those that
    led to none but were sent to the user's companies (TEAM-9). As :func:`can_see_mail`."""
    if not can_administer_mail(user):
        return IncomingMail.objects.none()
    if can_configure(user):
        return IncomingMail.objects.filter(_of_visible_records(user) | Q(object_id=None))
    ours = Q(pk__in=[])
    for domain in domains_of(user):
        ours |= Q(written_recipients__contains=f'@{domain}"')
    mails = IncomingMail.objects.alias(written_recipients=Cast("recipients", TextField()))
    return mails.filter(_of_visible_records(user) | (Q(object_id=None) & ours))


def outgoing_visible_to(user: Any) -> OutgoingMailQuerySet:
    """What goes out, for administrators; the only way to list it: mails of records that the user sees (TEAM-9), and
    those without one, such as links to choose a password, for administrators of the settings."""
    if not can_administer_mail(user):
        return OutgoingMail.objects.none()
    without_record = Q(object_id=None) if can_configure(user) else Q(pk__in=[])
    return OutgoingMail.objects.filter(_of_visible_records(user) | without_record)


def _of_visible_records(user: Any) -> Q:
    """Mails of records that the user sees (TEAM-9)."""
    visible = Q(pk__in=[])
    for kind in RECORD_MAILS:
        pks = records.type_of(kind.model).visible_to(user).order_by().values("pk")
        visible |= Q(content_type=records.content_type_id(kind.model), object_id__in=pks)
    return visible


def delivery_of(message_ids: Sequence[int]) -> dict[int, MessageDelivery]:
    """Message id → how far its mails are; messages without mails are left out. One query."""
    found: dict[int, MessageDelivery] = {}
    for message_id, pk, address, state, error in _sent_for(list(message_ids)):
        delivery = found.setdefault(message_id, MessageDelivery())
        if state == WorkState.DONE:
            delivery.sent.append(address)
        elif state == WorkState.FAILED:
            delivery.failed.append(Undelivered(pk, address, error))
        else:
            delivery.waiting.append(address)
            if error:
                delivery.troubled.append(Undelivered(pk, address, error))
    return found


@prepared
def _sent_for(message_ids: list[int]) -> QuerySet[OutgoingMail, Any]:
    mails = OutgoingMail.objects.filter(chatter_message__in=message_ids).order_by("pk")
    return mails.values_list("chatter_message_id", "pk", "to_address", "state", "last_error")


def mail_sources(message_ids: Sequence[int]) -> dict[int, str]:
    """Message id → address at which the mail it came by can be seen, for those who may see the record. One query."""
    return {message_id: reverse("mail:original", args=[pk]) for message_id, pk in _came_for(list(message_ids))}


@prepared
def _came_for(message_ids: list[int]) -> QuerySet[IncomingMail, Any]:
    mails = IncomingMail.objects.filter(chatter_message__in=message_ids).order_by()
    return mails.values_list("chatter_message_id", "pk")


def outcome_badge(mail: IncomingMail) -> Badge:
    """What became of a mail that came in."""
    return replace(_OUTCOMES[Outcome(mail.outcome)], label=mail.get_outcome_display())


def via_label(via: str) -> str:
    """How a mail came here, in words."""
    return {"smtp": "SMTP", "lmtp": "LMTP", "pipe": __("Pipe"), "imap": "IMAP", "pop3": "POP3"}.get(via, via)


def sending_badge(mail: OutgoingMail) -> Badge:
    """How far a mail that goes out is."""
    if mail.state == WorkState.DONE:
        return Badge(_("Sent"), icon="mail-check", tone="ok")
    if mail.state == WorkState.FAILED:
        return Badge(_("Not delivered"), icon="mail-x", tone="bad", title=mail.last_error)
    if mail.last_error:
        return Badge(_("Will be tried again"), icon="mail-pause", tone="soon", title=mail.last_error)
    return Badge(_("Waiting"), icon="mail-forward")
