"""What other apps may use of the webhooks."""

from deskhand.base.webhooks.listeners import tell_webhooks_of
from deskhand.base.webhooks.places import ToldFact

__all__ = ["ToldFact", "tell_webhooks_of"]
