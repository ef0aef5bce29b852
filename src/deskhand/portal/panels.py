"""What the portal adds to the house: the head of customers' pages, and the cards of *My Account*."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from deskhand.kit.clock import now
from deskhand.kit.live import Topic, register_topic
from deskhand.kit.shell import ACCOUNT_CARDS, SITE_MENU, AccountCard, SiteEntry, customer, works_here
from deskhand.portal.queries import open_count
from deskhand.support.tickets.public import Ticket, link_of_token


def _may_read(user: Any, pk: int) -> bool:
    return Ticket.objects.own_of(user).filter(pk=pk).exists()


def _opened_by(token: str) -> int | None:
    link = link_of_token(token, at=now())
    return link.ticket_id if link else None


def _is_oneself(user: Any, pk: int) -> bool:
    return pk in user.own_contact_ids


register_topic(Topic("letters", _may_read, opened_by=_opened_by))
register_topic(Topic("mine", _is_oneself))

_OF_THE_ACCOUNT = (
    "accounts:preferences", "accounts:address", "mfa_index", "account_change_password", "account_logout",
)  # fmt: skip

SITE_MENU.add(
    SiteEntry(
        _("Tickets"),
        "portal:tickets",
        shown_to=customer,
        near=("portal:my-ticket", "portal:my-closure"),
        is_at_end=True,
        is_folded=False,
    ),
    order=60,
)
SITE_MENU.add(
    SiteEntry(_("My Account"), "portal:home", shown_to=customer, near=_OF_THE_ACCOUNT, is_at_end=True), order=70
)
# Colleagues come here for their password or second factor, and go back.
SITE_MENU.add(
    SiteEntry(_("Back to the desk"), "home:start", shown_to=works_here, is_at_end=True, is_folded=False), order=80
)
ACCOUNT_CARDS.add(
    AccountCard(
        "tickets",
        _("Tickets"),
        _("Read our answers, write to us, and see how far we are."),
        "ticket",
        "portal:tickets",
        count=open_count,
        counted=_("%s open"),
    ),
    order=10,
)
