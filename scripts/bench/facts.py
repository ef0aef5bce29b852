"""What the clients of the bench have to know, as JSON: asked of Django, in a process of its own.

Counts queries as well: those of each request, and those of pages with 1 and with 100 rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft
from deskhand.base.companies.public import Company
from deskhand.base.keys.public import make_key
from deskhand.config.demo.founding import PASSWORD, TEAMS
from deskhand.kit.api.callers import known_scopes
from deskhand.kit.clock import now
from deskhand.support.teams.public import Tag, Team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import NewTicket, Ticket, create_ticket, make_link_token, reply_to_ticket

_EMAIL = "amara@nordlys.example"
_SAMPLE = 200
#: Stands once on each card.
_CARD_MARKER = 'class="dh-card'


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]  # the test client calls itself testserver
    team = Team.objects.get(name=TEAMS["care"][0])
    tickets = list(Ticket.objects.filter(team=team).order_by("-pk")[:_SAMPLE])
    user = User.objects.get(email=_EMAIL)
    client = Client()
    client.force_login(user)
    board = client.get(reverse("tickets:board", args=[team.pk])).content.decode()
    with transaction.atomic():
        links = [(make_link_token(one.pk, one.customer_id, at=now()), one.title) for one in tickets[:50]]
    key = make_key(user, name="Bench", scopes=known_scopes(), expires_at=None, at=now()).secret
    facts = {
        "email": _EMAIL,
        "password": PASSWORD,
        "team": team.pk,
        "tag": Tag.objects.order_by("pk")[0].pk,
        "customer": tickets[0].customer_id,
        "cards": board.count(_CARD_MARKER),
        "card_marker": _CARD_MARKER,
        "tickets": [(one.pk, one.reference) for one in tickets],
        "customer_of": {one.pk: one.customer_id for one in tickets},
        "links": links,
        "api_key": key,
        "queries": _queries(client, team, tickets[0], links[0][0], key),
        "rows": _rows(client, user),
    }
    print(json.dumps(facts))


def _queries(client: Client, team: Team, ticket: Ticket, token: str, key: str) -> dict[str, int]:
    """Name of a request → its queries. What they change is undone."""
    new = {"title": "Leaks", "team": team.pk, "priority": 1, "customer": ticket.customer_id}
    reply, messages = {"body": "Thank you.", "to": [ticket.customer_id]}, reverse("tickets:messages", args=[ticket.pk])
    program = Client(headers={"authorization": f"Bearer {key}"})
    by_program = json.dumps({"title": "Leaks", "team": team.pk, "customer": ticket.customer_id})
    return {
        "api-list": _count(lambda: program.get("/api/v1/tickets?limit=100&filter=open")),
        "api-create": _count(lambda: program.post("/api/v1/tickets", by_program, content_type="application/json")),
        "board": _count(lambda: client.get(reverse("tickets:board", args=[team.pk]))),
        "ticket": _count(lambda: client.get(reverse("tickets:ticket", args=[ticket.pk]))),
        "list": _count(lambda: client.get(reverse("tickets:list"), {"filter": "open"})),
        "create": _count(lambda: client.post(reverse("tickets:new"), new)),
        "reply": _count(lambda: client.post(messages, reply)),
        "reply-in-place": _count(lambda: client.post(messages, reply, headers={"HX-Request": "true"})),
        "link": _count(lambda: Client().get(reverse("portal:ticket", args=[token]))),
    }


def _rows(client: Client, user: User) -> dict[str, tuple[int, int]]:
    """Page → queries with 1 row and with 100."""
    one, hundred = (_page_queries(client, user, rows) for rows in (1, 100))
    return {name: (one[name], hundred[name]) for name in one}


def _page_queries(client: Client, user: User, rows: int) -> dict[str, int]:
    with transaction.atomic():
        team, ticket = _team_with(rows, user)
        facet = {"in": f"team.{team.pk}", "filter": "open"}
        found = {
            "board": _count(lambda: client.get(reverse("tickets:board", args=[team.pk]))),
            "list": _count(lambda: client.get(reverse("tickets:list"), facet)),
            "ticket, by messages": _count(lambda: client.get(reverse("tickets:ticket", args=[ticket.pk]))),
        }
        transaction.set_rollback(True)
    return found


def _team_with(rows: int, user: User) -> tuple[Team, Ticket]:
    """A team with so many tickets, each with tags; the first of them has as many messages."""
    company = Company.objects.get(pk=user.company_id)
    team = make_team(company=company)
    tags = list(Tag.objects.all()[:2])
    customer = Ticket.objects.exclude(customer=None)[0].customer
    made = [
        create_ticket(
            NewTicket(team=team, title=f"Ticket {row}", customer=customer, assignee=user, tags=tags), by=None, at=now()
        )
        for row in range(rows)
    ]
    for row in range(rows):
        reply_to_ticket(made[0].pk, Draft(html=f"<p>Message {row}</p>", author=customer), at=now())
    return team, made[0]


def _count(ask: Callable[[], Any]) -> int:
    ask()  # what is cached once per process is not the page's
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        answer = ask()
        transaction.set_rollback(True)
    if answer.status_code >= 400:
        raise SystemExit(f"{answer.request['PATH_INFO']} answers {answer.status_code}.")
    return len([query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))])
