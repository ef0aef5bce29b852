"""Cells of the list of tickets that are edited in place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.kit.screens import CellEdit
from deskhand.kit.screens.actions import Doing
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.assigning import assign_ticket
from deskhand.support.tickets.services.moving import move_ticket


def _assignee(request: HttpRequest, ticket: Ticket) -> forms.Field:
    del request
    agents = User.objects.with_role("helpdesk").filter(companies=ticket.company_id).order_by("name", "pk")
    return forms.ModelChoiceField(agents, required=False, empty_label=_("Unassigned"))


def _stage(request: HttpRequest, ticket: Ticket) -> forms.Field:
    del request
    return forms.ModelChoiceField(ticket.team.stages.active().order_by("position", "pk"), empty_label=None)


def _assign(ticket: Ticket, user: User | None, doing: Doing) -> Any:
    return assign_ticket(ticket.pk, user, by=doing.user, at=doing.at)


def _move(ticket: Ticket, stage: Any, doing: Doing) -> Any:
    return move_ticket(ticket.pk, stage.pk, by=doing.user, at=doing.at)


ASSIGNEE = CellEdit(_assignee, lambda ticket: ticket.assignee_id, _assign)
STAGE = CellEdit(_stage, lambda ticket: ticket.stage_id, _move)
