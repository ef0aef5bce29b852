from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DeliveriesQueued:
    """Something waits to be sent."""

    pks: tuple[int, ...]
