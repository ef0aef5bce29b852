"""What is declared once is right everywhere: every list of the house."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import get_resolver

from deskhand.base.accounts.testing import make_agent
from deskhand.kit.screens import ListScreen, RecordScreen
from deskhand.kit.screens.drawing import label_of
from deskhand.kit.screens.exporting import exportable
from deskhand.kit.screens.registry import screens
from deskhand.kit.ui.icons import icon


def _screens(of: type[ListScreen[Any]] = ListScreen) -> Iterator[type[ListScreen[Any]]]:
    for screen in of.__subclasses__():
        if hasattr(screen, "empty"):
            yield screen
        yield from _screens(screen)


_ = get_resolver().url_patterns  # imports every page
SCREENS = sorted(set(_screens()), key=lambda screen: screen.__qualname__)
REGISTERED = [one for one in screens() if ".tests." not in type(one).__module__]
RECORD_SCREENS = [one for one in REGISTERED if isinstance(one, RecordScreen)]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_an_empty_list_can_be_drawn(screen: type[ListScreen[Any]]) -> None:
    assert "<svg" in icon(screen.empty.icon)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_the_order_of_a_list_is_complete(screen: type[ListScreen[Any]]) -> None:
    """Pages never overlap: the last thing rows are ordered by tells any two of them apart."""
    assert screen.order[-1].removeprefix("-") in {"pk", "id"}


@pytest.mark.parametrize("screen", RECORD_SCREENS, ids=lambda screen: type(screen).__name__)
def test_a_list_whose_records_have_a_form_takes_files_or_says_why_not(screen: RecordScreen[Any]) -> None:
    reason = re.search(r"^    importer = None  # \w.+$", inspect.getsource(type(screen)), re.MULTILINE)

    assert (screen.importer is None) == bool(reason)


@pytest.mark.parametrize("screen", REGISTERED, ids=lambda screen: type(screen).__name__)
def test_what_can_be_asked_about_has_names_of_its_own(screen: ListScreen[Any]) -> None:
    """Two fields of one name cannot be told apart by who builds a filter."""
    names = [field.label for field in screen.known_fields.values()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("screen", REGISTERED, ids=lambda screen: type(screen).__name__)
def test_the_columns_of_an_export_have_names_of_their_own(rf: RequestFactory, screen: ListScreen[Any]) -> None:
    request = rf.get("/")
    request.user = make_agent()
    columns = exportable([*screen.columns_for(request), *screen.export_columns])
    names = [str(label_of(column, screen.model)) for column in columns]

    assert sorted(names) == sorted(set(names))
