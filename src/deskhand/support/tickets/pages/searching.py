"""Tickets in the search of the whole desk: by number, title, customer, description, and by what was said."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from deskhand.base.chatter.public import records_saying, sayings
from deskhand.kit.search import MOST, Found, Hit, excerpt_of, plain, words_of
from deskhand.support.tickets.models import TICKET_TEXTS, Ticket
from deskhand.support.tickets.querysets import number_in


def find_tickets(user: Any, typed: str, start: int, most: int) -> Found:
    """The ticket of that number, then those that name the words themselves, then those in whose conversation they
    stand; the newest first. Archived ones too. Five queries."""
    if not words_of(typed) or not user.has_role("helpdesk"):
        return Found([], 0)
    pks = _ids(user, typed)
    shown = pks[start : start + most]
    tickets = Ticket.objects.select_related("team", "stage").in_bulk(shown)
    said = sayings(Ticket, shown, typed) if shown else {}
    return Found([_hit(tickets[pk], said.get(pk, ""), typed) for pk in shown], len(pks))


def _ids(user: Any, typed: str) -> list[int]:
    named = list(TICKET_TEXTS.newest(Ticket.objects.all(), typed, most=MOST).values_list("pk", flat=True))
    said = records_saying(Ticket, typed, most=MOST)
    visible = Ticket.objects.visible_to(user)
    found = set(visible.filter(pk__in={*named, *said}).values_list("pk", flat=True))
    number = number_in(typed)
    numbered = list(visible.filter(number=number).values_list("pk", flat=True)) if number else []
    return list(dict.fromkeys([*numbered, *(pk for pk in [*named, *said] if pk in found)]))[:MOST]


def _hit(ticket: Ticket, said: str, typed: str) -> Hit:
    return Hit(
        title=ticket.title,
        url=reverse("tickets:ticket", args=[ticket.pk]),
        detail=" · ".join(filter(None, [ticket.reference, ticket.customer_name, ticket.team.name, ticket.stage.name])),
        excerpt=excerpt_of(said, typed) or excerpt_of(" ".join(plain(ticket.description).split()), typed),
    )
