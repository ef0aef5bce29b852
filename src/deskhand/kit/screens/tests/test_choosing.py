from __future__ import annotations

import pytest
from django.contrib.auth.models import Group as Record
from django.contrib.auth.models import Permission
from django.db.models import Q

from deskhand.kit.screens import Column, Filter
from deskhand.kit.screens.choosing import containing, field_of, filtered, order_of, sort_paths
from deskhand.kit.screens.state import ListState

pytestmark = pytest.mark.django_db
A, B = Filter("a", "A", Q(name__contains="a"), section="1"), Filter("b", "B", Q(name__contains="b"), section="1")
C = Filter("c", "C", lambda user: Q(name__contains=user), section="2")


def names(rows: object) -> list[str]:
    return sorted(record.name for record in rows)  # type: ignore[attr-defined]


def make(*made: str) -> None:
    Record.objects.bulk_create(Record(name=name) for name in made)


def test_filters_of_one_section_widen_each_other_and_sections_narrow_each_other() -> None:
    make("a", "b", "ac", "bc", "c")

    assert names(filtered(Record.objects.all(), [A, B], "c")) == ["a", "ac", "b", "bc"]
    assert names(filtered(Record.objects.all(), [A, C, B], "c")) == ["ac", "bc"]


def test_every_word_must_be_found_whatever_the_capitals() -> None:
    make("Oven display dark", "Oven door", "Display")

    assert names(containing(Record.objects.all(), ["name"], "DISPLAY oven")) == ["Oven display dark"]


def test_a_chosen_heading_comes_before_the_lists_own_order() -> None:
    columns = [Column("name"), Column("size", sort=["-count", "name"])]

    assert order_of(columns, Record, ListState(sort="-name"), ["pk"]) == ["-name", "pk"]
    assert order_of(columns, Record, ListState(sort="-size"), ["pk"]) == ["count", "-name", "pk"]
    assert order_of(columns, Record, ListState(), ["pk"]) == ["pk"]


def test_only_fields_are_sortable_unless_the_column_says_how() -> None:
    assert sort_paths(Column("name"), Record) == ("name",)
    assert sort_paths(Column("content_type__model"), Permission) == ("content_type__model",)
    assert sort_paths(Column("name", value=str), Record) == ()
    assert sort_paths(Column("name", load=lambda _pks: {}), Record) == ()
    assert sort_paths(Column("nothing"), Record) == ()


def test_a_path_is_followed_to_its_field_and_a_wrong_one_leads_nowhere() -> None:
    found = field_of(Permission, "content_type__app_label")

    assert found is not None
    assert found.name == "app_label"
    assert field_of(Permission, "content_type__nothing") is None
    assert field_of(Permission, "name__nothing") is None
