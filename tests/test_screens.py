"""What is declared once is right everywhere: every list of the house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from deskhand.kit.screens import ListScreen
from deskhand.kit.ui.icons import icon


def _screens(of: type[ListScreen[Any]] = ListScreen) -> Iterator[type[ListScreen[Any]]]:
    for screen in of.__subclasses__():
        if hasattr(screen, "empty"):
            yield screen
        yield from _screens(screen)


_ = get_resolver().url_patterns  # imports every page
SCREENS = sorted(set(_screens()), key=lambda screen: screen.__qualname__)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_an_empty_list_can_be_drawn(screen: type[ListScreen[Any]]) -> None:
    assert "<svg" in icon(screen.empty.icon)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_the_order_of_a_list_is_complete(screen: type[ListScreen[Any]]) -> None:
    """Pages never overlap: the last thing rows are ordered by tells any two of them apart."""
    assert screen.order[-1].removeprefix("-") in {"pk", "id"}
