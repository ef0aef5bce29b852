"""Other programs of the demo company: a key of its web shop; a webhook and mail servers that are not in use yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User
from deskhand.base.keys.public import make_key
from deskhand.base.mail.public import (
    Afterwards,
    IncomingDetails,
    OutgoingDetails,
    Security,
    save_incoming_server,
    save_outgoing_server,
    set_server_active,
)
from deskhand.base.webhooks.public import Subscription, create_webhook, pause_webhook, ping

_SCOPES = ("tickets:read", "tickets:write", "contacts:read", "attachments:write")


def add_programs(owner: User, *, at: datetime) -> None:
    """Nothing of it calls anybody: the webhook is paused, with a ping that waits, and mail servers are archived."""
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
    _add_mail_servers(owner, at=at)


def _add_mail_servers(owner: User, *, at: datetime) -> None:
    """Archived, so that nothing of it calls anybody."""
    account: dict[str, Any] = {
        "host": "mail.nordlys.example",
        "port": None,
        "security": Security.TLS,
        "username": "desk@nordlys.example",
        "password": "not a real one",
        "trusted_certificate": "",
    }
    outgoing = OutgoingDetails(name=_("Nordlys, out"), from_filter="nordlys.example", **account)
    incoming = IncomingDetails(
        name=_("Nordlys, old mailbox"), afterwards=Afterwards.MOVE, move_to="Deskhand", **account
    )
    set_server_active(save_outgoing_server(None, outgoing, by=owner), is_active=False, by=owner)
    set_server_active(save_incoming_server(None, incoming, by=owner, at=at), is_active=False, by=owner)
