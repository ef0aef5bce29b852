"""What closing adds to the pages of teams and tickets."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User
from deskhand.kit.ui.shapes import HeaderButton
from deskhand.support.closing.pages.forms import CustomerClosingForm, ReplyRuleForm
from deskhand.support.closing.services.replies import starts_new_ticket
from deskhand.support.teams.public import TEAM_OPTIONS, TeamOption, TeamSection
from deskhand.support.tickets.public import REPLY_RULES, TICKET_HEADER_BUTTONS, Ticket, can_work_on


def _closure(ticket: Ticket, user: User) -> HeaderButton | None:
    """**Close**, or **Reopen**."""
    if ticket.is_archived or not can_work_on(user, ticket):
        return None
    url = reverse("closing:closure", args=[ticket.pk])
    if ticket.is_closed:
        return HeaderButton(_("Reopen"), url, icon="rotate", method="post", fields={"reopen": "yes"})
    return HeaderButton(_("Close"), url, icon="check", method="post")


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
