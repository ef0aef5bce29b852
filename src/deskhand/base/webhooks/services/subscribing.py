"""Webhooks are made, changed, paused and put away."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.webhooks.events import DeliveriesQueued
from deskhand.base.webhooks.models import Webhook
from deskhand.base.webhooks.places import TOLD_FACTS
from deskhand.base.webhooks.services.known import forget_known
from deskhand.base.webhooks.services.reaching import refuse_address
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction


class AddressNotUsable(DomainError):
    code = "webhook_address_not_usable"
    message = _("Enter an address such as https://shop.example/deskhand, without a password in it.")
    status = 422
    field = "url"


class NothingToTell(DomainError):
    code = "nothing_to_tell"
    message = _("Tick at least one thing that the webhook is told of.")
    status = 422
    field = "facts"


class UnknownFilter(DomainError):
    code = "unknown_filter"
    status = 422
    field = "query"

    def __init__(self, word: str) -> None:
        super().__init__(_("The list does not know “%(word)s”. Copy it from the address of a list.") % {"word": word})


@dataclass(frozen=True)
class Subscription:
    """What is set on the page of a webhook."""

    name: str
    url: str
    facts: Sequence[str]
    query: str = ""


@in_transaction
def create_webhook(wanted: Subscription, *, owner: User, at: datetime) -> Webhook:
    """Have a program told what its owner may see.

    :raises AddressNotUsable: not an address of the web, or one of this network.
    :raises NothingToTell: no fact, or one that nobody declared.
    :raises UnknownFilter: the lists of the facts do not know it.
    """
    _check(wanted)
    webhook = Webhook.objects.create(**_columns(wanted), owner=owner, salt=secrets.token_hex(16), created_at=at)
    forget_known()
    return webhook


@in_transaction
def change_webhook(webhook_id: int, wanted: Subscription) -> Webhook:
    """Set what is on its page. What waits already stays as it was.

    :raises AddressNotUsable: see :func:`create_webhook`; so the others.
    """
    _check(wanted)
    webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook_id)
    for name, value in _columns(wanted).items():
        setattr(webhook, name, value)
    webhook.save(update_fields=["name", "url", "facts", "query"])
    forget_known()
    return webhook


@in_transaction
def set_webhook_active(webhook_id: int, *, is_active: bool) -> Webhook:
    """Put a webhook away, or back. What waits for one that is away is not sent."""
    webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook_id)
    webhook.is_active = is_active
    webhook.save(update_fields=["is_active"])
    forget_known()
    return webhook


@in_transaction
def pause_webhook(webhook_id: int, *, at: datetime, reason: str = "") -> Webhook:
    """Tell it nothing for the time being; what waits, waits."""
    webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook_id)
    if webhook.paused_at is None:
        webhook.paused_at, webhook.pause_reason = at, reason[:300]
        webhook.save(update_fields=["paused_at", "pause_reason"])
        forget_known()
    return webhook


@in_transaction
def resume_webhook(webhook_id: int) -> Webhook:
    """Tell it again; what waited is sent now."""
    webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook_id)
    webhook.paused_at, webhook.pause_reason, webhook.failures = None, "", 0
    webhook.save(update_fields=["paused_at", "pause_reason", "failures"])
    forget_known()
    publish(DeliveriesQueued(()))
    return webhook


@in_transaction
def change_secret(webhook_id: int) -> Webhook:
    """From now on its deliveries are signed with another secret."""
    webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook_id)
    webhook.salt = secrets.token_hex(16)
    webhook.save(update_fields=["salt"])
    return webhook


def _columns(wanted: Subscription) -> dict[str, object]:
    known = [fact.key for fact in TOLD_FACTS if fact.key in set(wanted.facts)]
    return {"name": wanted.name, "url": wanted.url, "facts": known, "query": wanted.query.lstrip("?")}


def _check(wanted: Subscription) -> None:
    _check_url(wanted.url)
    facts = [fact for fact in TOLD_FACTS if fact.key in set(wanted.facts)]
    if not facts or len(facts) < len(set(wanted.facts)):
        raise NothingToTell
    query = QueryDict(wanted.query.lstrip("?"))
    for screen in {fact.resource.screen for fact in facts}:
        filters = {known.key for known in screen.all_filters}
        for name, values in query.lists():
            for value in values:
                in_group = name == "in" and value.partition(".")[0] in screen.groups_by_key
                if not (name == "q" or (name == "filter" and value in filters) or in_group):
                    raise UnknownFilter(f"{name}={value}"[:80])


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise AddressNotUsable from error
    odd = any(not character.isprintable() or character.isspace() for character in url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or odd or not port_is_fine:
        raise AddressNotUsable
    try:
        address = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return  # a name: it is looked up each time something is sent
    if refusal := refuse_address(address):
        raise AddressNotUsable(__("%(refusal)s Choose another address.") % {"refusal": refusal})
