"""Makers of data for tests and demo."""

from __future__ import annotations

from itertools import count
from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.creating import NewTicket, create_ticket

_numbers = count(1)


def make_ticket(*, by: User | None = None, **fields: Any) -> Ticket:
    """A ticket of a new team and a new customer, unless told otherwise; made by the real service."""
    at = fields.pop("at", None) or now()
    team = fields.pop("team", None) or make_team()
    customer = fields.pop("customer", None) or make_contact()
    title = fields.pop("title", "") or f"Ticket {next(_numbers)}"
    return create_ticket(NewTicket(team=team, title=title, customer=customer, **fields), by=by, at=at)


def make_draft(text: str = "Hello", **fields: Any) -> Draft:
    return Draft(**{"html": f"<p>{text}</p>", "author": None} | fields)
