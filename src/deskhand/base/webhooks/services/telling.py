"""What happened becomes rows that wait to be sent, in the transaction in which it happened."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deskhand.base.webhooks.events import DeliveriesQueued
from deskhand.base.webhooks.models import Delivery, Webhook
from deskhand.base.webhooks.places import ToldFact
from deskhand.base.webhooks.services.known import webhooks_told_of
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction

PING = "ping"


class StillWaiting(DomainError):
    code = "delivery_still_waiting"
    message = _("This delivery still waits to be sent.")


def tell(told: ToldFact, fact: Any) -> None:
    """Write down for each webhook that asked what it shall be told. Nothing and no query where nobody asked.

    Two queries and an INSERT for each webhook, and what the record's answer needs.
    """
    webhooks = webhooks_told_of(told.key) if told.applies(fact) else []
    made = [delivery for webhook in webhooks if (delivery := _delivery(webhook, told, fact))]
    if made:
        publish(DeliveriesQueued(tuple(delivery.pk for delivery in made)))


def _delivery(webhook: Webhook, told: ToldFact, fact: Any) -> Delivery | None:
    """None: its owner does not see the record, or its filters leave it out."""
    resource, owner = told.resource, webhook.owner
    pk = told.record(fact).pk
    if not resource.may_read(owner) or not resource.chosen_by(owner, webhook.query).filter(pk=pk).exists():
        return None
    data = {"record": resource.shown(resource.visible(owner, pk), owner), **told.also(fact)}
    return _queue(webhook, told.key, data, at=getattr(fact, "at", None) or now())


@in_transaction
def ping(webhook_id: int, *, at: datetime) -> Delivery:
    """Send something that means nothing, to see whether it arrives."""
    webhook = Webhook.objects.get(pk=webhook_id)
    delivery = _queue(webhook, PING, {"webhook": {"id": webhook.pk, "name": webhook.name}}, at=at)
    publish(DeliveriesQueued((delivery.pk,)))
    return delivery


@in_transaction
def send_once_more(delivery_id: int, *, at: datetime) -> Delivery:
    """Send what was sent, or given up, once more: as a new delivery with the same ``event_id`` and body.

    What failed and waits for its next try is tried now: the same delivery, not a second one.

    :raises StillWaiting: it was not tried yet, or is on its way.
    """
    old = Delivery.objects.select_for_update().get(pk=delivery_id)
    if old.is_waiting_again:
        old.due_at = min(old.due_at, at)
        old.save(update_fields=["due_at"])
        publish(DeliveriesQueued((old.pk,)))
        return old
    if old.state not in {"done", "failed"}:
        raise StillWaiting
    again = Delivery.objects.create(
        webhook_id=old.webhook_id, event_id=old.event_id, fact=old.fact, body=old.body, created_at=at, due_at=at
    )
    publish(DeliveriesQueued((again.pk,)))
    return again


def _queue(webhook: Webhook, fact: str, data: dict[str, Any], *, at: datetime) -> Delivery:
    from pydantic_core import to_json  # here: only who has webhooks needs it

    event_id = uuid.uuid4()
    body = {"id": event_id, "type": fact, "timestamp": at, "data": data}
    return Delivery.objects.create(
        webhook=webhook, event_id=event_id, fact=fact, body=to_json(body).decode(), created_at=at, due_at=at
    )
