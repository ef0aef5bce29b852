from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from deskhand.base.accounts.testing import make_admin
from deskhand.kit import events
from deskhand.support.teams import places


class Uses:
    """Stands for the tickets: keeps what stands where, and what was moved."""

    def __init__(self) -> None:
        self.records: Counter[tuple[int, int]] = Counter()
        self.moves: list[tuple[str, str, list[int]]] = []

    def place(self, stage, team) -> None:
        self.records[stage.pk, team.pk] += 1

    def count(self, stage):
        return {team: count for (at, team), count in self.records.items() if at == stage.pk}

    def move(self, stage, to, *, team_ids, by, at) -> None:
        self.moves.append((stage.name, to.name, list(team_ids)))


@pytest.fixture
def uses(monkeypatch) -> Uses:
    """The only app with records in stages."""
    fake = Uses()
    monkeypatch.setattr(places.STAGE_USES, "_panels", [(50, fake)])
    return fake


@pytest.fixture
def admin(db):
    return make_admin()


@pytest.fixture
def told(monkeypatch) -> Callable[[type], list[Any]]:
    """Listen to a kind of fact for the length of a test."""

    def listen(fact: type) -> list[Any]:
        heard: list[Any] = []
        monkeypatch.setitem(events._inside, fact, [*events._inside[fact], heard.append])
        return heard

    return listen
