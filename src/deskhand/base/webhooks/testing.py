"""Makers of data for tests and demo."""

from __future__ import annotations

from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.webhooks.models import Delivery, Webhook
from deskhand.base.webhooks.services.known import forget_known, remember
from deskhand.base.webhooks.services.subscribing import Subscription, create_webhook
from deskhand.base.webhooks.services.telling import ping
from deskhand.kit.clock import now


def make_webhook(owner: User, **fields: Any) -> Webhook:
    wanted = {"name": "Shop", "url": "https://shop.example/deskhand", "facts": ["ticket.created"]} | fields
    return create_webhook(Subscription(**wanted), owner=owner, at=now())


def make_delivery(webhook: Webhook) -> Delivery:
    return ping(webhook.pk, at=now())


def know_of_no_webhooks() -> None:
    """No query for webhooks, so that queries can be counted."""
    remember([])


__all__ = ["forget_known", "know_of_no_webhooks", "make_delivery", "make_webhook"]
