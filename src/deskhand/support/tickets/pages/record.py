"""What the page of a ticket shows around its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from deskhand.kit.addresses import record_address
from deskhand.kit.ui.shapes import MenuItem
from deskhand.support.teams.public import pipeline_of
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.access import agent
from deskhand.support.tickets.places import TICKET_HEADER_BUTTONS, TICKET_SMART_BUTTONS, TICKET_TABS, TicketTab


@dataclass(frozen=True)
class OpenTab:
    """A tab that has something to show."""

    tab: TicketTab
    context: Mapping[str, Any]

    @property
    def count(self) -> int | None:
        return self.context.get("count")


def record_context(request: HttpRequest, ticket: Ticket) -> dict[str, Any]:
    """Stage bar, buttons, tabs and menu. One query for the stages, and what the panels ask for."""
    user = agent(request)
    buttons = [button for make in TICKET_HEADER_BUTTONS if (button := make(ticket, user))]
    smart_buttons = [smart for make in TICKET_SMART_BUTTONS if (smart := make(ticket, user))]
    tabs = [OpenTab(tab, context) for tab in TICKET_TABS if (context := tab.context(ticket, user)) is not None]
    return {
        "ticket": ticket,
        "team": ticket.team,
        "stages": pipeline_of(ticket.team_id),
        "header_buttons": buttons,
        "smart_buttons": smart_buttons,
        "tabs": tabs,
        "menu": _menu(ticket),
    }


def _menu(ticket: Ticket) -> list[MenuItem]:
    copy = MenuItem(_("Duplicate"), record_address("tickets:copies", ticket.pk), icon="copy", method="post")
    archival = record_address("tickets:archival", ticket.pk)
    if ticket.is_archived:
        return [copy, MenuItem(_("Restore"), f"{archival}?restore", icon="archive-off", method="post")]
    return [copy, MenuItem(_("Archive"), archival, icon="archive", method="post")]
