"""The chatter of a ticket, as its page shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from deskhand.base.chatter.public import MessageForm, NoteForm, feed_of
from deskhand.base.contacts.public import Contact
from deskhand.kit.addresses import record_address
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.access import agent
from deskhand.support.tickets.queries import told_of


def recipients_for(request: HttpRequest, ticket: Ticket) -> tuple[list[Contact], list[Contact]]:
    """Who follows, and who of them a message of the user goes to. One query."""
    followers = told_of(ticket)
    mine = agent(request).contact_id
    return followers, [contact for contact in followers if contact.pk != mine and contact.email]


def chat_context(
    request: HttpRequest,
    ticket: Ticket,
    *,
    message_form: MessageForm | None = None,
    note_form: NoteForm | None = None,
) -> dict[str, Any]:
    """What ``chatter/chat.html`` needs; a form given was refused and keeps what was typed."""
    followers, recipients = recipients_for(request, ticket)
    return {
        "followers": followers,
        "message_form": message_form or MessageForm(recipients=recipients),
        "note_form": note_form or NoteForm(),
        "writes_note": note_form is not None,
        "message_url": record_address("tickets:messages", ticket.pk),
        "note_url": record_address("tickets:notes", ticket.pk),
        "followers_url": record_address("tickets:followers", ticket.pk),
        "feed_url": record_address("tickets:messages", ticket.pk),
        "feed": feed_of(ticket),
        "company_name": ticket.company.public_name,
    }
