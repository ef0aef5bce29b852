"""Every cell of the table (:mod:`tests.rights.table`), and nothing of the house that is not in it."""

from __future__ import annotations

import pytest

from tests.rights.checking import (
    all_lines,
    all_secrets,
    leaked,
    listed_by_themselves,
    missing,
    not_there,
    wrong_cells,
)
from tests.rights.lines import Operation, operations
from tests.rights.table import parts
from tests.rights.world import World

pytestmark = pytest.mark.django_db


def test_every_door_place_and_model_is_in_the_table() -> None:
    assert not missing(), "Not in the table:\n" + "\n".join(missing())


def test_the_table_names_nothing_that_is_not_there() -> None:
    assert not not_there(), "Not in the house:\n" + "\n".join(not_there())


def test_what_is_seen_with_its_owner_only_is_listed_by_nothing() -> None:
    assert listed_by_themselves() == []


@pytest.mark.parametrize("part", parts())
def test_doors_open_to_those_they_are_for_and_show_nothing_else(part: str, world: World) -> None:
    world.leaks.clear()

    wrong = wrong_cells(parts()[part], world)

    assert not wrong, "\n".join(["Not so:", *wrong])
    leaks = leaked(all_secrets(), world)
    assert not leaks, "\n".join(["Told to whom it is not for:", *map(str, leaks)])


def test_a_key_without_the_scope_of_an_operation_is_told_so(world: World) -> None:
    for line in all_lines():
        if isinstance(line, Operation):
            refused = line.call(world, world.too_narrow(operations()[line.name][2]))
            assert refused.status == 403, line
            assert b"scope_missing" in refused.body, line
