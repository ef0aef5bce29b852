"""Addresses of teams, and the mails of a ticket."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, OuterRef, QuerySet

from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail, outcome_badge, sending_badge, without_tag
from deskhand.kit import records
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.shapes import Badge
from deskhand.kit.work.models import WorkState
from deskhand.support.intake.models import TeamAlias
from deskhand.support.tickets.public import Channel, Ticket


@dataclass(frozen=True)
class TicketMail:
    """A mail of a ticket, in or out. ``note`` says why it landed here, or what went wrong."""

    pk: int
    direction: Literal["in", "out"]
    sender: str
    recipient: str
    subject: str
    at: datetime
    state: Badge
    note: str
    made_ticket: bool = False
    has_failed: bool = False


def team_addresses(team_ids: Collection[int]) -> dict[int, str]:
    """Team id → the address customers write to; teams that receive no mail are left out. One query."""
    aliases = TeamAlias.objects.receiving().for_mail().filter(team__in=list(team_ids))
    return {alias.team_id: alias.address for alias in aliases}


def mails_of(ticket: Ticket) -> list[TicketMail]:
    """All mails in and out of a ticket, the newest first. Two queries, once per ticket object: three panels ask."""
    known: list[TicketMail] | None = ticket.__dict__.get("_mails")
    if known is None:
        known = sorted([*_received(ticket), *_sent(ticket)], key=_age, reverse=True)
        ticket.__dict__["_mails"] = known
    return known


def _age(mail: TicketMail) -> tuple[datetime, bool, int]:
    """What came in at a moment stands below what went out because of it."""
    return mail.at, mail.direction == "out", mail.pk


def original_of(ticket: Ticket) -> TicketMail | None:
    """The mail that made the ticket."""
    return next((mail for mail in reversed(mails_of(ticket)) if mail.made_ticket), None)


def undelivered(ticket_ids: Collection[int]) -> set[int]:
    """Ids of tickets whose newest mail to the customer did not arrive. One query: failures are few, so it asks for all
    between the first and the last ticket, which is quicker than naming a hundred."""
    if not ticket_ids:
        return set()
    ticket = records.content_type_id(Ticket)
    return set(ticket_ids) & set(_undelivered_between(ticket, min(ticket_ids), max(ticket_ids)))


@prepared
def _undelivered_between(content_type: int, first: int, last: int) -> QuerySet[OutgoingMail, Any]:
    customers = Ticket.objects.filter(pk=OuterRef("object_id"), customer=OuterRef("to_contact"))
    mails = OutgoingMail.objects.filter(content_type=content_type, object_id__range=(first, last))
    newer = OutgoingMail.objects.filter(
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        to_contact=OuterRef("to_contact"),
        pk__gt=OuterRef("pk"),
    )
    failed = mails.failed().filter(Exists(customers)).exclude(Exists(newer))
    return failed.order_by().values_list("object_id", flat=True)


def came_by_mail(ticket_ids: Collection[int]) -> set[int]:
    """Ids of tickets that a mail made. One query."""
    return set(_made_by_mail(list(ticket_ids)))


@prepared
def _made_by_mail(ticket_ids: list[int]) -> QuerySet[Ticket, int]:
    by_mail = Ticket.objects.filter(pk__in=ticket_ids, channel=Channel.MAIL)
    return by_mail.order_by().values_list("pk", flat=True)


def _received(ticket: Ticket) -> list[TicketMail]:
    return [
        TicketMail(
            pk=mail.pk,
            direction="in",
            sender=mail.from_address,
            recipient=", ".join(dict.fromkeys(without_tag(address) for address in mail.recipients)),
            subject=str(mail),
            at=mail.received_at,
            state=outcome_badge(mail),
            note=mail.explanation,
            made_ticket=mail.outcome == Outcome.CREATED,
        )
        for mail in _came_about(records.content_type_id(ticket), ticket.pk)
    ]


def _sent(ticket: Ticket) -> list[TicketMail]:
    return [
        TicketMail(
            pk=mail.pk,
            direction="out",
            sender=mail.from_address,
            recipient=mail.to_address,
            subject=mail.subject,
            at=mail.created_at,
            state=sending_badge(mail),
            note=mail.last_error,
            has_failed=mail.state == WorkState.FAILED,
        )
        for mail in _went_about(records.content_type_id(ticket), ticket.pk)
    ]


@prepared
def _came_about(content_type: int, object_id: int) -> QuerySet[IncomingMail]:
    return IncomingMail.objects.filter(content_type=content_type, object_id=object_id).without_raw()


@prepared
def _went_about(content_type: int, object_id: int) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(content_type=content_type, object_id=object_id).without_text()
