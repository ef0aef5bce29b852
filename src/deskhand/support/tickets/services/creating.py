"""New tickets, by whatever channel."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft, Message, add_followers, log_changes, post_message
from deskhand.base.companies.public import next_number
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.html import clean_html
from deskhand.kit.inserting import insert
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.public import Stage, Tag, Team, entrance_of
from deskhand.support.tickets.enums import Channel, Priority
from deskhand.support.tickets.events import StageEntered, TicketAssigned, TicketCreated
from deskhand.support.tickets.models import StageStay, Ticket
from deskhand.support.tickets.queries import team_follower_ids
from deskhand.support.tickets.services.assigning import refuse_outsider

NO_TITLE = _("(no subject)")


class TeamWithoutStages(DomainError):
    code = "team_without_stages"
    message = _("This team has no stages yet. Add one under Configuration, Helpdesk Teams.")


class TeamArchived(DomainError):
    code = "team_archived"
    message = _("This team is archived and takes no tickets. Choose another team, or restore this one.")
    field = "team"


@dataclass(frozen=True)
class NewTicket:
    """What is known of a ticket when it comes in.

    ``opening`` is the customer's first message: it becomes the description and stands first in the chatter (IN-3).
    A ticket taken by hand has a ``description`` (HTML, cleaned here) instead. ``stage`` None: the team's first one.
    ``origin`` says in words where it came from, for the chatter. ``followers`` are contact ids besides the customer.
    """

    team: Team
    title: str
    description: str = ""
    customer: Contact | None = None
    customer_name: str = ""
    customer_email: str = ""
    customer_phone: str = ""
    priority: int = Priority.LOW
    tags: Collection[Tag] = ()
    stage: Stage | None = None
    assignee: User | None = None
    channel: Channel = Channel.HAND
    opening: Draft | None = None
    origin: str = ""
    followers: Collection[int] = ()


class Opened(NamedTuple):
    """A new ticket, and the customer's first message if it has one."""

    ticket: Ticket
    message: Message | None


def create_ticket(new: NewTicket, *, by: User | None, at: datetime) -> Ticket:
    """As :func:`open_ticket`, for those who need the ticket alone."""
    return open_ticket(new, by=by, at=at).ticket


@in_transaction
def open_ticket(new: NewTicket, *, by: User | None, at: datetime) -> Opened:
    """Make a ticket in its team's first (or the given) stage and tell the desk. Its customer follows it.

    Nine statements without tags, files and what listeners add.

    :raises TeamArchived: the team is out of work.
    :raises TeamWithoutStages: the team has no stage to put it into.
    :raises NotAnAgent: the assignee has no Helpdesk access, or not in the team's company.
    """
    if not new.team.is_active:
        raise TeamArchived
    refuse_outsider(new.assignee, new.team.company_id)
    stage = new.stage or next(iter(entrance_of(new.team.pk)), None)
    if stage is None:
        raise TeamWithoutStages
    team_followers = team_follower_ids(new.team.pk)
    ticket = _insert(new, stage, at)
    if new.tags:
        ticket.tags.add(*new.tags)
    insert(StageStay(ticket=ticket, stage=stage, entered_at=at))
    followers = _followers(new, by)
    if followers:
        add_followers(ticket, followers)
    _log_arrival(ticket, new, by, at, has_watchers=bool(team_followers))
    message = _say(ticket, new.opening, [*followers, *team_followers], at) if new.opening else None
    publish(TicketCreated(ticket, by, at))
    publish(StageEntered(ticket, stage, None, by, at))
    if new.assignee:
        publish(TicketAssigned(ticket, by, at))
    return Opened(ticket, message)


def _log_arrival(ticket: Ticket, new: NewTicket, by: User | None, at: datetime, *, has_watchers: bool) -> None:
    """Where it came from. Followers of the team get the customer's message; where there is none, they hear of the
    ticket by this (TEAM-5), and so does whoever gets it. A file tells nobody of each of its rows."""
    is_of_file = new.channel == Channel.FILE
    log_changes(
        ticket,
        [],
        by=by.contact if by else None,
        at=at,
        text=new.origin or str(_("Ticket created")),
        concerned=[new.assignee.contact_id] if new.assignee and not is_of_file else (),
        announces=has_watchers and new.opening is None and not is_of_file,
    )


def _insert(new: NewTicket, stage: Stage, at: datetime) -> Ticket:
    customer = new.customer
    number = next_number(new.team.company_id, "ticket")
    ticket = Ticket(
        company_id=new.team.company_id,
        number=number,
        position=-number,
        title=(new.title.strip() or str(NO_TITLE))[:500],
        description=clean_html(new.opening.html if new.opening else new.description),
        team=new.team,
        stage=stage,
        priority=new.priority,
        assignee=new.assignee,
        first_assigned_at=at if new.assignee else None,
        customer=customer,
        customer_name=new.customer_name or (customer.name if customer else ""),
        customer_email=new.customer_email or (customer.email if customer else ""),
        customer_phone=new.customer_phone or (customer.phone if customer else ""),
        channel=new.channel,
        created_at=at,
        updated_at=at,
        closed_at=at if stage.is_folded else None,
        first_closed_at=at if stage.is_folded else None,
    )
    return insert(ticket)


def _say(ticket: Ticket, opening: Draft, recipients: list[int], at: datetime) -> Message:
    """The customer's first message; the description shows its pictures as well."""
    message = post_message(ticket, opening, at=at, recipients=recipients)
    if message.body_html != ticket.description:
        Ticket.objects.filter(pk=ticket.pk).update(description=message.body_html)
        ticket.description = message.body_html
    return message


def _followers(new: NewTicket, by: User | None) -> list[int]:
    """The customer, the assignee, who made it by hand, and whom the channel names; each once."""
    people = [new.customer.pk if new.customer else None, new.assignee.contact_id if new.assignee else None]
    people.append(by.contact_id if by else None)
    return list(dict.fromkeys([pk for pk in people if pk is not None] + list(new.followers)))
