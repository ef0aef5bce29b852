"""How customers ask for their tickets, and what they find."""

from __future__ import annotations

from django.test import Client

from deskhand.base.accounts.public import User
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

LIST = "/my/tickets/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def own_ticket(customer: User, **fields: object) -> Ticket:
    team = fields.pop("team", None) or make_team(company=customer.company)
    return make_ticket(team=team, customer=customer.contact, **fields)


def listed(customer: User, query: str = "") -> list[str]:
    """The titles in the list, in its order."""
    found = signed_in(customer).get(LIST + query).context["found"]
    return [row.ticket.title for section in found.sections for row in section.rows]
