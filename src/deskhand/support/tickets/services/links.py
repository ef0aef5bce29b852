"""Personal links to a ticket, for customers without an account (IN-6). Only the hash of a token is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from deskhand.base.chatter.public import Follower
from deskhand.kit import records
from deskhand.kit.inserting import insert
from deskhand.kit.prepared import prepared
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.tickets.models import Ticket, TicketLink

_LENGTH = 32


@in_transaction
def make_link_token(ticket_id: int, contact_id: int, *, at: datetime) -> str:
    """A new token that opens the ticket for the contact for ``TICKET_LINK_DAYS``. One INSERT."""
    token = secrets.token_urlsafe(_LENGTH)
    expires_at = at + timedelta(days=settings.TICKET_LINK_DAYS)
    insert(TicketLink(ticket_id=ticket_id, contact_id=contact_id, token_hash=_hashed(token), expires_at=expires_at))
    return token


def link_of_token(token: str, *, at: datetime) -> TicketLink | None:
    """What a token opens, with ticket and contact; None if it is wrong, altered or expired, or if the contact takes no
    part in the ticket any more: access changes ticket by ticket by adding and removing followers (TEAM-6). Followers of
    a team that is not public are told of its tickets and do not open them (TEAM-5). One query, six joins.
    """
    return next(iter(_opened_by(_hashed(token), at)), None)


@prepared
def _opened_by(token_hash: str, at: datetime) -> QuerySet[TicketLink]:
    links = TicketLink.objects.select_related(
        "contact", "ticket", "ticket__team", "ticket__stage", "ticket__company", "ticket__assignee"
    )
    return links.filter(_takes_part(), token_hash=token_hash, expires_at__gt=at, ticket__is_archived=False)


def _takes_part() -> Q:
    """The contact of the link is the customer of its ticket, or follows it, or its public team."""
    mine = Follower.objects.filter(contact=OuterRef("contact"))
    of_ticket = mine.filter(content_type=records.content_type_id(Ticket), object_id=OuterRef("ticket"))
    of_team = mine.filter(content_type=records.content_type_id(Team), object_id=OuterRef("ticket__team"))
    is_public = Q(ticket__team__visibility=Visibility.PUBLIC)
    return Q(ticket__customer=F("contact")) | Exists(of_ticket) | (is_public & Exists(of_team))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
