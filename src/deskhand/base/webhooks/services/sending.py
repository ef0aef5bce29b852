"""What waits is sent, tried again, or given up where people see it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from deskhand import __version__
from deskhand.base.webhooks.models import Attempt, Delivery, Webhook
from deskhand.base.webhooks.services.reaching import Reply, post
from deskhand.base.webhooks.services.signing import signed_headers
from deskhand.base.webhooks.services.subscribing import pause_webhook
from deskhand.kit.clock import now
from deskhand.kit.transactions import in_transaction
from deskhand.kit.work.models import WorkState
from deskhand.kit.work.retrying import next_attempt

logger = logging.getLogger(__name__)
#: What one task sends; each may take fifteen seconds, and a claim expires after ten minutes.
MOST_AT_ONCE = 20
#: After so many failures in a row a webhook is paused, and somebody has to look.
PAUSED_AFTER = 15
_GONE = 410
#: A reason fits into a column.
_LONGEST = 300


def send_deliveries(*, at: datetime) -> int:
    """Send what is due. How many were taken up. Any number of workers may do this at the same time."""
    batch = Delivery.objects.of(Webhook.objects.running()).claim_batch(at=at, most=MOST_AT_ONCE)
    for delivery in batch:
        send_delivery(delivery)
    return len(batch)


def send_delivery(delivery: Delivery) -> None:
    """Send one that was claimed, outside of any transaction, and write down what came of it."""
    delivery.webhook = Webhook.objects.get(pk=delivery.webhook_id)
    at = now()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Deskhand/{__version__}",
        **signed_headers(delivery, at=at),
    }
    _written(delivery, headers, post(delivery.webhook.url, delivery.body.encode(), headers), at=at)


@in_transaction
def _written(delivery: Delivery, headers: dict[str, str], reply: Reply, *, at: datetime) -> None:
    Attempt.objects.create(
        delivery=delivery,
        at=at,
        request_headers=headers,
        status=reply.status,
        answer_headers=dict(reply.headers),
        answer=reply.text,
        took_ms=reply.took_ms,
        error=reply.error,
    )
    # Unless somebody took it for the row of a dead process and began anew.
    ours = Delivery.objects.filter(pk=delivery.pk, state=WorkState.WORKING, claimed_at=delivery.claimed_at)
    if reply.is_fine:
        ours.update(state=WorkState.DONE, last_error="")
        Webhook.objects.filter(pk=delivery.webhook_id).update(failures=0, delivered_at=at)
        return
    reason = (reply.error or _("It answered %(status)s.") % {"status": reply.status})[:_LONGEST]
    again = next_attempt(delivery.attempts, at=at)
    if again is None:
        ours.update(state=WorkState.FAILED, last_error=reason)
    else:
        ours.update(state=WorkState.WAITING, due_at=again, claimed_at=None, last_error=reason)
    _count_failure(delivery.webhook_id, reply, reason, at=at)


def _count_failure(webhook_id: int, reply: Reply, reason: str, *, at: datetime) -> None:
    Webhook.objects.filter(pk=webhook_id).update(failures=F("failures") + 1)
    failures = Webhook.objects.values_list("failures", flat=True).get(pk=webhook_id)
    if reply.status == _GONE or failures >= PAUSED_AFTER:
        said = _("Paused after %(count)s failures in a row. The last: %(reason)s")
        pause_webhook(webhook_id, at=at, reason=said % {"count": failures, "reason": reason})
        logger.warning("Webhook %s is paused after %s failures in a row.", webhook_id, failures)
