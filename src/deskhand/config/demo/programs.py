"""What other programs have to do with the demo company: a key of its web shop, and a webhook that is not in use yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User
from deskhand.base.keys.public import make_key
from deskhand.base.webhooks.public import Subscription, create_webhook, pause_webhook, ping

_SCOPES = ("tickets:read", "tickets:write", "contacts:read", "attachments:write")


def add_programs(owner: User, *, at: datetime) -> None:
    """Nothing of it calls anybody: the webhook is paused, with a ping that waits."""
    make_key(owner, name="Web shop", scopes=_SCOPES, expires_at=at + timedelta(days=365), at=at)
    wanted = Subscription(
        name="Web shop",
        url="https://shop.nordlys.example/hooks/deskhand",
        facts=["ticket.created", "ticket.closed"],
        query="filter=urgent",
    )
    webhook = create_webhook(wanted, owner=owner, at=at)
    ping(webhook.pk, at=at)
    pause_webhook(webhook.pk, at=at, reason=_("The web shop is not ready for it yet."))
