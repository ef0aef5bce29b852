"""Who may do what with a ticket they see."""

from __future__ import annotations

from typing import Any

from deskhand.support.tickets.models import Ticket


def can_work_on(user: Any, ticket: Ticket) -> bool:
    """Edit, move, assign, answer and note: every Helpdesk user who sees the ticket."""
    del ticket
    return bool(user.has_role("helpdesk"))
