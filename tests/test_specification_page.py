"""What `docs/specification.md` says of each behaviour is there: routes and tests that it names exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
#: Ids of the specification that are there today, in full or as far as the page says.
IDS = {
    *(f"TEAM-{number}" for number in range(1, 10)),
    *(f"IN-{number}" for number in (2, 3, 4, 5, 6, 10, 11)),
    *(f"CLOSE-{number}" for number in range(1, 5)),
    *(f"FOUND-{number}" for number in range(1, 7)),
    *("SLA-1", "SLA-5", "ASSIGN-5"),
}


class Row(NamedTuple):
    """A line of a table of the page."""

    id: str
    what: str
    routes: tuple[str, ...]
    tests: tuple[str, ...]


def rows(page: str) -> list[Row]:
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in page.splitlines() if line[:2] == "| "]
    return [
        Row(number, what, _quoted(routes), tuple(_whole(_quoted(tests))))
        for number, what, routes, tests in cells
        if number != "id"
    ]


def _quoted(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def _whole(tests: tuple[str, ...]) -> Iterator[str]:
    """`::name` alone is in the file before it."""
    path = ""
    for test in tests:
        path = test.partition("::")[0] or path
        yield f"{path}::{test.partition('::')[2]}"


def routes_of(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            yield from routes_of(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


@cache
def names_in(path: str) -> frozenset[str]:
    file = ROOT / (path if path.startswith("tests/") else f"src/deskhand/{path}")
    found = re.findall(r"^ *def (test_\w+)\(", file.read_text(), re.MULTILINE) if file.is_file() else []
    return frozenset(f"{path}::{name}" for name in found)


def gone(said: list[Row], routes: set[str]) -> list[str]:
    """What the rows name and nobody finds."""
    missing = [f"{row.id}: route {route}" for row in said for route in row.routes if route not in routes]
    return missing + [
        f"{row.id}: test {test}" for row in said for test in row.tests if test not in names_in(test.partition("::")[0])
    ]


@pytest.fixture(scope="module")
def page() -> list[Row]:
    return rows((ROOT / "docs/specification.md").read_text())


def test_every_route_and_test_that_the_page_names_exists(page: list[Row]) -> None:
    assert gone(page, set(routes_of(get_resolver()))) == []


def test_every_behaviour_stands_on_the_page_with_a_test(page: list[Row]) -> None:
    assert {row.id for row in page} >= IDS
    assert [row for row in page if not row.tests or not row.what] == []


def test_what_is_gone_is_told_by_its_name() -> None:
    line = "| TEAM-1 | Sees | `teams:list` `teams:gone` | `tests/test_specification_page.py::test_gone` `::{}` |"
    here: Any = test_what_is_gone_is_told_by_its_name

    assert gone(rows(line.format(here.__name__)), {"teams:list"}) == [
        "TEAM-1: route teams:gone",
        "TEAM-1: test tests/test_specification_page.py::test_gone",
    ]
