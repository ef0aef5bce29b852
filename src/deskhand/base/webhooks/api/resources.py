"""Webhooks in the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.webhooks.models import Attempt, Delivery, Webhook
from deskhand.base.webhooks.pages.screens import WEBHOOKS
from deskhand.base.webhooks.policies import can_have_webhooks
from deskhand.base.webhooks.services.signing import secret_of
from deskhand.base.webhooks.services.subscribing import (
    Subscription,
    change_secret,
    change_webhook,
    create_webhook,
    pause_webhook,
    resume_webhook,
    set_webhook_active,
)
from deskhand.base.webhooks.services.telling import ping, send_once_more
from deskhand.kit.api.public import Answer, Body, Key, Name, Part, Ref, Resource, Verb, changes_of, ref, sent
from deskhand.kit.api.shapes import NO_NUL, in_path
from deskhand.kit.clock import now


class WebhookAnswer(Answer):
    id: int
    name: str
    url: str
    owner: Ref = Field(description="It is told what this user may see.")
    facts: list[str] = Field(description="What it is told of.")
    query: str = Field(description="Only records of this list, as in its address.")
    secret: str = Field(description="To check `webhook-signature` with (Standard Webhooks).")
    is_active: bool
    paused_at: datetime | None
    pause_reason: str
    failures: int = Field(description="In a row.")
    delivered_at: datetime | None
    created_at: datetime


class NewWebhookBody(Body):
    name: Annotated[Name, Field(max_length=80)]
    url: Annotated[str, Field(pattern=r"^https?://[^\x00\s]+$", max_length=500)]
    facts: list[Annotated[str, Field(pattern=r"^[a-z_.]+$", max_length=60)]] = Field(min_length=1, max_length=50)
    query: Annotated[str, Field(pattern=NO_NUL, max_length=500)] = ""


class AttemptAnswer(Answer):
    id: int
    at: datetime
    status: int | None = Field(description="Null: nobody answered.")
    answer: str = Field(description="The first 10,000 bytes of it.")
    took_ms: int
    error: str


class DeliveryAnswer(Answer):
    id: int
    event_id: UUID = Field(description="The same when it is sent again.")
    fact: str
    state: str
    attempts: int
    due_at: datetime
    last_error: str
    body: str = Field(description="What is sent, as JSON.")
    tries: list[AttemptAnswer] = Field(description="The latest first.")
    created_at: datetime


def _try_shown(attempt: Attempt) -> Mapping[str, Any]:
    return {name: getattr(attempt, "pk" if name == "id" else name) for name in AttemptAnswer.model_fields}


def delivery_shown(delivery: Delivery) -> Mapping[str, Any]:
    return {
        "id": delivery.pk,
        "event_id": str(delivery.event_id),
        "fact": delivery.fact,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due_at": delivery.due_at,
        "last_error": delivery.last_error,
        "body": delivery.body,
        "tries": [_try_shown(attempt) for attempt in delivery.tries.all()],
        "created_at": delivery.created_at,
    }


class Webhooks(Resource[Webhook]):
    key, title, one, screen = "webhooks", _("Webhooks"), _("Webhook"), WEBHOOKS
    answer, new, changes = WebhookAnswer, NewWebhookBody, changes_of(NewWebhookBody, "WebhookChanges")
    joins = ("owner",)

    def rows(self, user: Any) -> QuerySet[Webhook]:
        return Webhook.objects.visible_to(user)

    def may_create(self, user: Any) -> bool:
        return can_have_webhooks(user)

    def shown(self, record: Webhook, user: Any) -> Mapping[str, Any]:
        del user
        plain = {name: getattr(record, name) for name in _PLAIN}
        return {"id": record.pk, **plain, "owner": ref(record.owner), "secret": secret_of(record)}

    def create(self, user: Any, body: NewWebhookBody) -> Webhook:
        return create_webhook(Subscription(**body.model_dump()), owner=user, at=now())

    def change(self, user: Any, record: Webhook, body: Any) -> None:
        del user
        before: dict[str, Any] = {name: getattr(record, name) for name in NewWebhookBody.model_fields}
        change_webhook(record.pk, Subscription(**before | sent(body)))

    def archive(self, user: Any, record: Webhook) -> None:
        del user
        set_webhook_active(record.pk, is_active=False)

    def restore(self, user: Any, record: Webhook) -> None:
        del user
        set_webhook_active(record.pk, is_active=True)


_PLAIN = tuple(name for name in WebhookAnswer.model_fields if name not in {"id", "owner", "secret"})
WEBHOOKS_API = Webhooks()


def _deliveries(record: Webhook, user: Any) -> QuerySet[Delivery]:
    """What the webhook was told, the latest first, with each attempt and its answer."""
    del user
    return record.deliveries.prefetch_related("tries")


def _ping(record: Webhook, user: Any) -> Delivery:
    """Send something that means nothing, to see whether it arrives."""
    del user
    return ping(record.pk, at=now())


def _send_once_more(record: Webhook, user: Any, delivery: int) -> Delivery:
    """Send a delivery once more, with the same id and body."""
    del user
    return send_once_more(get_object_or_404(record.deliveries, pk=delivery).pk, at=now())


def _pause(record: Webhook, user: Any) -> Webhook:
    """Tell it nothing for the time being."""
    del user
    return pause_webhook(record.pk, at=now())


def _resume(record: Webhook, user: Any) -> Webhook:
    """Tell it again; what waited is sent now."""
    del user
    return resume_webhook(record.pk)


def _new_secret(record: Webhook, user: Any) -> Webhook:
    """From now on its deliveries are signed with another secret."""
    del user
    return change_secret(record.pk)


WEBHOOKS_API.part(
    Part("deliveries", "deliveries", _("List deliveries"), _deliveries, delivery_shown, DeliveryAnswer, ("-pk",))
)
for _verb in (
    Verb[Webhook](
        "POST", "pings", "ping", _("Send a ping"), _ping, status=201, answer=DeliveryAnswer, shown=delivery_shown
    ),
    Verb[Webhook](
        "POST", "deliveries/{delivery}/copies", "resend", _("Send a delivery once more"), _send_once_more, status=201,
        answer=DeliveryAnswer, shown=delivery_shown, takes={"delivery": in_path(Key)},
    ),
    Verb[Webhook]("PUT", "pause", "pause", _("Pause"), _pause),
    Verb[Webhook]("DELETE", "pause", "resume", _("Resume"), _resume),
    Verb[Webhook]("POST", "secrets", "new-secret", _("Make a new secret"), _new_secret),
):  # fmt: skip
    WEBHOOKS_API.verb(_verb)
