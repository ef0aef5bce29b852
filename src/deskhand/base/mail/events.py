from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MailReceived:
    """A mail is stored and wants to be read."""

    pk: int


@dataclass(frozen=True)
class MailsQueued:
    """Mails stand in the outbox and want to be sent."""

    pks: tuple[int, ...]
