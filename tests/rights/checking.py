"""What is wrong with the table, or with the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps

from deskhand.kit.screens.registry import screens
from tests.rights.discovery import discovered
from tests.rights.lines import Line, Secret
from tests.rights.table import parts
from tests.rights.table.models import PLACES, WITHIN
from tests.rights.things import mark_of
from tests.rights.world import World


def named() -> set[str]:
    """All that the table says something about, called as discovery calls it."""
    doors = {door for line in all_lines() for door in line.doors()}
    lists = {screen.model._meta.label for screen in screens() if f"list {screen.list_url}" in doors}
    doors |= {f"model {label}" for label in lists if not _knows_who_sees(label)}
    return doors | {f"place {name}" for name in PLACES} | {f"model {label}" for label in WITHIN}


def missing() -> list[str]:
    """Doors, places and models of the house that the table does not name."""
    return sorted(discovered() - named())


def not_there() -> list[str]:
    """What the table names and the house does not have."""
    return sorted(named() - discovered())


def listed_by_themselves() -> list[str]:
    """Models that the table calls parts of others, and that have a list or rights of their own."""
    screened = {screen.model._meta.label for screen in screens()}
    return sorted(label for label in WITHIN if label in screened or _knows_who_sees(label))


def wrong_cells(lines: Iterable[Line], world: World) -> list[str]:
    """Asks every door of the lines for everybody: where the answer is not the one that the line says."""
    wrong = []
    for line in lines:
        expected, answers = line.expected(), line.answers(world)
        wrong += [f"{cell}: {answers[cell]}, not {word}" for cell, word in expected.items() if answers[cell] != word]
    return wrong


def leaked(secrets: Iterable[Secret], world: World) -> list[tuple[str, str, str]]:
    """Word, person and question of every answer so far that told somebody what is not for them."""
    kept = {(mark_of(secret.thing), name) for secret in secrets for name in secret.kept_from()}
    return sorted(leak for leak in world.leaks if leak[:2] in kept)


def all_lines() -> Sequence[Line]:
    return [line for lines in parts().values() for line in lines]


def all_secrets() -> Sequence[Secret]:
    return [line for line in all_lines() if isinstance(line, Secret)]


def _knows_who_sees(label: str) -> bool:
    return hasattr(apps.get_model(label)._default_manager, "visible_to")
