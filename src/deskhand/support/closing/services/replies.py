"""What a customer's answer does to a closed ticket (RULES, Closing)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from deskhand.base.chatter.public import log_changes
from deskhand.kit.transactions import in_transaction
from deskhand.support.closing.enums import OnReply
from deskhand.support.closing.queries import reopening_stage, rules_of
from deskhand.support.closing.services.closing import reopen_ticket
from deskhand.support.tickets.public import Ticket


def starts_new_ticket(ticket: Ticket, at: datetime) -> bool:
    """Whether an answer at this moment begins a new, linked ticket: the closed one is older than the team's days."""
    if ticket.closed_at is None:
        return False
    rules = rules_of(ticket.team_id)
    return rules.on_reply == OnReply.NEW_TICKET and at - ticket.closed_at > timedelta(days=rules.new_ticket_after_days)


@in_transaction
def follow_reply(ticket: Ticket, *, at: datetime) -> None:
    """Reopen a closed ticket whose customer has answered in it, unless its team only wants to be notified.

    Of the notification itself the message takes care: it goes to the assignee and all followers.
    """
    if not ticket.is_closed or ticket.is_archived:
        return
    rules = rules_of(ticket.team_id)
    if rules.on_reply == OnReply.NOTIFY or reopening_stage(ticket.team, rules) is None:
        return
    reopened = reopen_ticket(ticket.pk, by=None, at=at)
    log_changes(reopened, [], by=None, at=at, text=_("Reopened: the customer answered the closed ticket"))
