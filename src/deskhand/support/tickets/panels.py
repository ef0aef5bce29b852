"""What tickets are to the rest of the house: a kind of record, things to watch, entries in menus."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User, Viewer
from deskhand.base.activities.public import next_badges
from deskhand.base.chatter.public import (
    AUDIENCES,
    CONVERSATIONS,
    Audience,
    Conversation,
    MessageKind,
    MessagePosted,
)
from deskhand.base.contacts.public import CONTACT_REFERENCES, CONTACT_SMART_BUTTONS, Contact, plain_reference
from deskhand.base.webhooks.public import ToldFact, tell_webhooks_of
from deskhand.kit import records
from deskhand.kit.live import Topic, register_topic
from deskhand.kit.prepared import prepared
from deskhand.kit.screens import Column
from deskhand.kit.search import ACTIONS, SEARCHES, Action, Search
from deskhand.kit.shell import MenuEntry
from deskhand.kit.ui.shapes import Badge, SmartButton
from deskhand.support.teams.public import (
    HELPDESK_MENU,
    PORTAL_FOLLOWERS,
    STAGE_USES,
    TEAM_COLUMNS,
    TEAM_SMART_BUTTONS,
    Stage,
    Team,
)
from deskhand.support.tickets.events import (
    CustomerReplied,
    StageEntered,
    TicketArchiving,
    TicketAssigned,
    TicketClosed,
    TicketCreated,
    TicketEdited,
    TicketReopened,
)
from deskhand.support.tickets.models import Ticket, TicketLink
from deskhand.support.tickets.pages.screens import Tickets
from deskhand.support.tickets.pages.searching import find_tickets
from deskhand.support.tickets.places import (
    MY_COUNTS,
    TEAM_COUNTS,
    TICKET_BADGES,
    TICKET_COLUMNS,
    TICKET_SMART_BUTTONS,
    TicketBadges,
    TicketColumn,
    TicketCount,
)
from deskhand.support.tickets.policies import can_work_on
from deskhand.support.tickets.queries import (
    admitted_by_following,
    open_by_team,
    portal_followers_of_tickets,
    readers_among,
)
from deskhand.support.tickets.services.pipeline import move_out_of_stage, tickets_in_stage

records.register(
    records.RecordType(
        model=Ticket,
        visible_to=Ticket.objects.visible_to,
        url=lambda ticket: reverse("tickets:ticket", args=[ticket.pk]),
        title=str,
    )
)


def _may_watch_ticket(user: Any, pk: int) -> bool:
    return Ticket.objects.visible_to(user).filter(pk=pk).exists()


def _may_watch_team(user: Any, pk: int) -> bool:
    return Team.objects.visible_to(user).filter(pk=pk).exists()


register_topic(Topic("ticket", _may_watch_ticket, shows_presence=True))
register_topic(Topic("team", _may_watch_team, shows_presence=True))

CONVERSATIONS.add(
    Conversation(
        Ticket,
        may_write=can_work_on,
        company=lambda ticket: ticket.company,
        above=lambda ticket: [ticket.team],
        readers=readers_among,
        admits=admitted_by_following,
    )
)
AUDIENCES.add(
    Audience(
        Team,
        _("Helpdesk Team"),
        choices=lambda user: Team.objects.visible_to(user).active(),
        of=lambda record: record.team_id if isinstance(record, Ticket) else None,
    )
)
HELPDESK_MENU.add(MenuEntry(_("Canned Responses"), "chatter:canned-responses", under=_("Configuration")), order=60)
HELPDESK_MENU.add(
    MenuEntry(_("My Tickets"), "tickets:list", under=_("Tickets"), query="filter=mine&filter=open", keys="g m"),
    order=20,
)
HELPDESK_MENU.add(
    MenuEntry(_("All Tickets"), "tickets:list", under=_("Tickets"), query="filter=open", keys="g t"),
    order=21,
)
SEARCHES.add(
    Search("tickets", _("Tickets"), "ticket", find_tickets, shown_to=lambda user: user.has_role("helpdesk")), order=10
)
ACTIONS.add(Action(_("New ticket"), "plus", "tickets:new", shown_to=lambda user: user.has_role("helpdesk")), order=10)


class TicketsInStages:
    """Stages that hold tickets do not go without saying where the tickets go."""

    def count(self, stage: Stage) -> Mapping[int, int]:
        return tickets_in_stage(stage)

    def move(self, stage: Stage, to: Stage, *, team_ids: Collection[int], by: User | None, at: datetime) -> None:
        move_out_of_stage(stage, to, team_ids=team_ids, by=by, at=at)


STAGE_USES.add(TicketsInStages())
PORTAL_FOLLOWERS.add(portal_followers_of_tickets)


# ---- activities -----------------------------------------------------------------------------------------------------


def _next_activities(ticket_ids: Sequence[int]) -> Mapping[int, Badge]:
    return next_badges(Ticket, ticket_ids)


TICKET_BADGES.add(TicketBadges("activities", _next_activities), order=40)
TICKET_COLUMNS.add(TicketColumn("activity", _("Next activity"), _next_activities), order=40)


# ---- counts that lead here from other pages -------------------------------------------------------------------------


def _tickets_of_contact(contact: Contact, user: User) -> SmartButton | None:
    if not user.has_role("helpdesk"):
        return None
    count = Ticket.objects.visible_to(user).unarchived().filter(customer=contact).count()
    return _leading_to(f"in=customer.{contact.pk}", count)


def _tickets_of_team(team: Team, user: User) -> SmartButton | None:
    count = Ticket.objects.visible_to(user).open().filter(team=team).count()
    return _leading_to(f"in=team.{team.pk}&filter=open", count)


def _tickets_of_same_customer(ticket: Ticket, user: User) -> SmartButton | None:
    if ticket.customer_id is None:
        return None
    others = _open_of_customer(user.viewer, ticket.customer_id, ticket.pk)
    count = others[0][1] if others else 0
    if not count:
        return None
    button = _leading_to(f"in=customer.{ticket.customer_id}&filter=open", count)
    return replace(button, label=_("Other open tickets"))


@prepared
def _open_of_customer(viewer: Viewer, customer_id: int, but: int) -> QuerySet[Ticket, Any]:
    """One row with their number, or none."""
    others = Ticket.objects.visible_to(viewer).open().filter(customer=customer_id).exclude(pk=but)
    return others.order_by().values_list("customer").annotate(number=Count("pk"))


def _leading_to(query: str, count: int) -> SmartButton:
    return SmartButton("ticket", number_format(count), _("Tickets"), f"{reverse('tickets:list')}?{query}")


TEAM_COLUMNS.add(
    Column("open", _("Open tickets"), kind="number", load=open_by_team, align="end", width="s", card="end"), order=20
)
CONTACT_REFERENCES.add(plain_reference(_("Tickets"), Ticket, "customer"))
CONTACT_REFERENCES.add(plain_reference(_("Personal links"), TicketLink, "contact"))
CONTACT_SMART_BUTTONS.add(_tickets_of_contact, order=10)
TEAM_SMART_BUTTONS.add(_tickets_of_team, order=10)
TICKET_SMART_BUTTONS.add(_tickets_of_same_customer, order=90)


# ---- what the overview counts ---------------------------------------------------------------------------------------


_FILTERS = {known.key: known for known in Tickets.filters}
_URGENT = TicketCount(_FILTERS["urgent"], icon="star-filled", tone="soon")
TEAM_COUNTS.add(TicketCount(_FILTERS["unassigned"]), order=10)
TEAM_COUNTS.add(_URGENT, order=20)
MY_COUNTS.add(TicketCount(_FILTERS["high"]), order=10)
MY_COUNTS.add(_URGENT, order=20)


# ---- what webhooks can be told --------------------------------------------------------------------------------------

# What shows records as the API does is imported when there is something to tell: most workers have nobody to tell it.


_RESOURCE = "deskhand.support.tickets.api.resources.TICKETS_API"


def _stages(fact: StageEntered) -> dict[str, Any]:
    from deskhand.kit.api.public import ref

    return {"stage": ref(fact.stage), "left": ref(fact.left)}


def _message(fact: MessagePosted) -> dict[str, Any]:
    from deskhand.base.chatter.api.public import message_shown

    return {"message": message_shown(fact.message)}


def _told(key: str, title: Any, fact: type, **more: Any) -> None:
    how = {"record": lambda told: told.ticket} | more
    tell_webhooks_of(ToldFact(f"ticket.{key}", title, fact, _RESOURCE, **how))


_told("created", _("A ticket is created"), TicketCreated)
_told("stage_entered", _("A ticket comes into a stage"), StageEntered, also=_stages)
_told("closed", _("A ticket is closed"), TicketClosed)
_told("reopened", _("A ticket is reopened"), TicketReopened)
_told("assigned", _("A ticket is assigned"), TicketAssigned)
_told("edited", _("Fields of a ticket change"), TicketEdited, also=lambda fact: {"fields": list(fact.fields)})
_told("archived", _("A ticket is archived or restored"), TicketArchiving)
_told("customer_replied", _("A customer replies"), CustomerReplied)
_told(
    "message_posted",
    _("A message or note is written"),
    MessagePosted,
    record=lambda fact: fact.record,
    also=_message,
    applies=lambda fact: isinstance(fact.record, Ticket) and fact.message.kind != MessageKind.TRACK,
)
