"""What closing adds to the pages of teams and tickets."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deskhand.base.accounts.public import User
from deskhand.kit.errors import NotAllowed
from deskhand.kit.screens.actions import Doing, MassAction
from deskhand.kit.ui.shapes import HeaderButton
from deskhand.support.closing.pages.forms import CustomerClosingForm, ReplyRuleForm
from deskhand.support.closing.services.closing import close_ticket
from deskhand.support.closing.services.replies import starts_new_ticket
from deskhand.support.teams.public import TEAM_OPTIONS, TeamOption, TeamSection
from deskhand.support.tickets.public import (
    REPLY_RULES,
    TICKET_HEADER_BUTTONS,
    TICKET_MASS_ACTIONS,
    Ticket,
    can_work_on,
    move_back,
)


def _closure(ticket: Ticket, user: User) -> HeaderButton | None:
    """**Close**, or **Reopen**."""
    if ticket.is_archived or not can_work_on(user, ticket):
        return None
    url = reverse("closing:closure", args=[ticket.pk])
    if ticket.is_closed:
        return HeaderButton(_("Reopen"), url, icon="rotate", method="post", fields={"reopen": "yes"})
    return HeaderButton(_("Close"), url, icon="check", method="post")


def _close(ticket: Ticket, doing: Doing) -> dict[str, int]:
    if not can_work_on(doing.user, ticket):
        raise NotAllowed
    before = ticket.stage_id
    return {"from": before, "to": close_ticket(ticket.pk, by=doing.user, at=doing.at).stage_id}


def _closed(count: int) -> str:
    return ngettext("%(count)s ticket closed.", "%(count)s tickets closed.", count) % {"count": count}


TICKET_MASS_ACTIONS.add(
    MassAction("close", gettext_lazy("Close"), "check", _close, move_back, done=_closed, is_for_archived=False)
)
TICKET_HEADER_BUTTONS.add(_closure, order=20)
REPLY_RULES.add(starts_new_ticket)
TEAM_OPTIONS.add(
    TeamOption(
        key="customer-closing",
        section=TeamSection.SELF_SERVICE,
        form=CustomerClosingForm,
        template="closing/options/customer_closing.html",
    ),
    order=20,
)
TEAM_OPTIONS.add(
    TeamOption(
        key="customer-reply",
        section=TeamSection.SELF_SERVICE,
        form=ReplyRuleForm,
        template="closing/options/customer_reply.html",
    ),
    order=30,
)
