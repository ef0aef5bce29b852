"""Who may close."""

from __future__ import annotations

from deskhand.support.closing.queries import closing_stage, rules_of
from deskhand.support.tickets.public import Ticket


def may_close(ticket: Ticket) -> bool:
    """Whether the customer may close this ticket by themselves (CLOSE-3). Two queries at most."""
    if ticket.is_closed or ticket.is_archived or not rules_of(ticket.team_id).customers_may_close:
        return False
    stage = closing_stage(ticket.team)
    return stage is not None and stage.pk != ticket.stage_id
