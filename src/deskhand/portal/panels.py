"""What the portal adds to the house: the head of customers' pages, and the cards of *My Account*."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.kit.shell import ACCOUNT_CARDS, SITE_MENU, AccountCard, SiteEntry, signed_in
from deskhand.portal.queries import open_count

_OF_THE_ACCOUNT = (
    "accounts:preferences", "accounts:address", "mfa_index", "account_change_password", "account_logout",
)  # fmt: skip

SITE_MENU.add(
    SiteEntry(
        _("Tickets"),
        "portal:tickets",
        shown_to=signed_in,
        near=("portal:my-ticket", "portal:my-closure"),
        is_at_end=True,
        is_folded=False,
    ),
    order=60,
)
SITE_MENU.add(
    SiteEntry(_("My Account"), "portal:home", shown_to=signed_in, near=_OF_THE_ACCOUNT, is_at_end=True), order=70
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
