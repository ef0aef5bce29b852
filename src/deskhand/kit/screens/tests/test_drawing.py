from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest

from deskhand.kit.screens import Column
from deskhand.kit.screens.declarations import CardPlace
from deskhand.kit.screens.drawing import rows_of
from deskhand.kit.ui.shapes import Badge


@dataclass
class Company:
    name: str


@dataclass
class Record:
    pk: int
    name: str = "Oven"
    company: Company | None = None
    level: int = 0

    def get_level_display(self) -> str:
        return "Urgent"


def cells(column: Column, *records: Record) -> list[str]:
    """What stands between ``<td …>`` and ``</td>``."""
    rows = rows_of([column], records, lambda record: f"/records/{record.pk}/")
    return [row.html.partition(">")[2].removesuffix("</td>") for row in rows]


def test_what_people_wrote_is_text_not_markup() -> None:
    for kind in ("text", "person", "reference"):
        assert "<script>" not in cells(Column("name", kind=kind), Record(1, "<script>"))[0]


def test_what_a_column_renders_is_escaped_unless_it_says_that_it_is_safe() -> None:
    assert cells(Column("name", render=lambda value: f"<b>{value}</b>"), Record(1)) == ["&lt;b&gt;Oven&lt;/b&gt;"]


def test_the_primary_column_leads_to_the_record() -> None:
    assert '<a href="/records/7/">' in cells(Column("name", is_primary=True), Record(7))[0]


def test_a_long_text_that_may_be_cut_is_whole_in_its_title() -> None:
    (row,) = rows_of(
        [Column("name", card="title")], [Record(1, 'A "long" name that no column is wide enough for')], str
    )

    assert row.html.startswith('<td role="cell" class="at-title" title="A &quot;long&quot; name')


def test_a_number_says_its_heading_where_phones_show_none() -> None:
    def start(card: CardPlace) -> str:
        column = Column("level", label="Urgent & late", kind="number", value=lambda record: record.level, card=card)
        return rows_of([column], [Record(1, level=2)], lambda record: "/")[0].html.partition(">")[0]

    assert 'data-heading="Urgent &amp; late"' in start("end")
    assert "data-heading" not in start("none")


def test_a_path_over_a_link_that_is_empty_shows_nothing() -> None:
    column = Column("company__name")

    assert cells(column, Record(1), Record(2, company=Company("Nordlys"))) == ["", "<bdi>Nordlys</bdi>"]


def test_a_choice_is_shown_by_its_label() -> None:
    assert cells(Column("level"), Record(1)) == ["<bdi>Urgent</bdi>"]


def test_values_from_elsewhere_are_loaded_once_for_all_rows() -> None:
    asked: list[Sequence[int]] = []

    def load(pks: Sequence[int]) -> Mapping[int, Any]:
        asked.append(pks)
        return {2: Badge("Late", icon="clock", tone="bad"), 3: "fine"}

    first, second, third = cells(Column("sla", load=load), Record(1), Record(2), Record(3))

    assert asked == [[1, 2, 3]]
    assert (first, third) == ("", "<bdi>fine</bdi>")
    assert "dh-b bad" in second


def test_nothing_is_loaded_for_an_empty_list() -> None:
    def load(pks: Sequence[int]) -> Mapping[int, Any]:
        raise AssertionError(pks)

    assert cells(Column("sla", load=load)) == []


def test_a_kind_that_there_is_not_is_a_mistake_at_once() -> None:
    with pytest.raises(ValueError, match="no kind 'sparkle'"):
        Column("name", kind="sparkle")


def test_eighty_rows_are_drawn_within_a_moment() -> None:
    columns = [
        Column("name", is_primary=True),
        Column("company__name"),
        Column("who", kind="person", value=lambda record: record.name),
        Column("stars", kind="stars", value=lambda record: record.pk % 4),
        Column("when", kind="ago", value=lambda _record: datetime(2025, 11, 1, tzinfo=UTC)),
        Column("badge", load=lambda pks: {pk: Badge("Late", icon="clock", tone="bad") for pk in pks}),
        Column("count", kind="number", value=lambda record: record.pk),
        Column("level"),
    ]
    records = [Record(pk, f"Oven {pk}", Company("Nordlys")) for pk in range(80)]

    def seconds() -> float:
        started = process_time()
        rows_of(columns, records, lambda record: f"/records/{record.pk}/")
        return process_time() - started

    # 5 ms on a quiet machine; ten times that is a template per cell, not a busy machine.
    assert min(seconds() for _ in range(5)) < 0.05
