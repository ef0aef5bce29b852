"""Which webhooks there are: asked every few seconds and not with each fact, so that facts cost nobody anything."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from deskhand.base.webhooks.models import Webhook

#: A new webhook is told of what happens from this long after it was made, in other processes.
_REMEMBERED_SECONDS = 3.0

_known: list[Webhook] = []
_until = 0.0


def webhooks_told_of(fact: str) -> list[Webhook]:
    """Those that asked for a fact. One query every three seconds in a process."""
    global _known, _until  # noqa: PLW0603
    if monotonic() >= _until:
        _known = list(Webhook.objects.running().select_related("owner"))
        _until = monotonic() + _REMEMBERED_SECONDS
    return [webhook for webhook in _known if fact in webhook.facts]


def forget_known() -> None:
    """Ask again next time."""
    global _until  # noqa: PLW0603
    _until = 0.0


def remember(webhooks: list[Webhook], *, clock: Callable[[], float] = monotonic) -> None:
    """Take these for all there are, for a day: for tests that count queries."""
    global _known, _until
    _known, _until = webhooks, clock() + 86_400
