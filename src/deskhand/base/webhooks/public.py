"""What other apps may use of the webhooks."""

from deskhand.base.webhooks.listeners import tell_webhooks_of
from deskhand.base.webhooks.places import ToldFact
from deskhand.base.webhooks.services.subscribing import Subscription, create_webhook, pause_webhook
from deskhand.base.webhooks.services.telling import ping

__all__ = ["Subscription", "ToldFact", "create_webhook", "pause_webhook", "ping", "tell_webhooks_of"]
