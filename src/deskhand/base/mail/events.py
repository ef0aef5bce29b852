from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MailsReceived:
    """Mails are stored and want to be read."""

    pks: tuple[int, ...]


@dataclass(frozen=True)
class MailsQueued:
    """Mails stand in the outbox and want to be sent."""

    pks: tuple[int, ...]


@dataclass(frozen=True)
class FetchWanted:
    """A mailbox shall be read now."""

    pk: int
