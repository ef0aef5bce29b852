"""Closing and reopening tickets in the API: ``PUT`` and ``DELETE tickets/42/closure``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from deskhand.kit.api.public import Verb
from deskhand.kit.clock import now
from deskhand.support.closing.services.closing import close_ticket, reopen_ticket
from deskhand.support.tickets.api.public import TICKETS_API
from deskhand.support.tickets.public import Ticket


def _close(record: Ticket, user: Any) -> Ticket:
    """Move the ticket to its team's closing stage."""
    return close_ticket(record.pk, by=user, at=now())


def _reopen(record: Ticket, user: Any) -> Ticket:
    """Move the closed ticket back to where its team works on reopened ones."""
    return reopen_ticket(record.pk, by=user, at=now())


TICKETS_API.verb(Verb("PUT", "closure", "close", _("Close"), _close, scope="closure"))
TICKETS_API.verb(Verb("DELETE", "closure", "reopen", _("Reopen"), _reopen, scope="closure"))
