"""Who gets a delivery can tell that it is ours: HMAC-SHA256 over id, moment and body (Standard Webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from deskhand.base.webhooks.models import Delivery, Webhook


def secret_of(webhook: Webhook) -> str:
    """What the other side checks signatures with: ``whsec_…``."""
    return f"whsec_{base64.b64encode(_key(webhook)).decode()}"


def signed_headers(delivery: Delivery, *, at: datetime) -> dict[str, str]:
    """``webhook-id``, ``webhook-timestamp`` (of this attempt: an old one can be refused) and ``webhook-signature``."""
    identity, moment = str(delivery.event_id), str(int(at.timestamp()))
    signed = f"{identity}.{moment}.{delivery.body}".encode()
    digest = hmac.new(_key(delivery.webhook), signed, hashlib.sha256).digest()
    return {
        "webhook-id": identity,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key(webhook: Webhook) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"webhook:{webhook.salt}".encode(), hashlib.sha256).digest()
