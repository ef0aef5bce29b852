"""Queries whose SQL is made once give what their querysets give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.db.models.functions import Lower

from deskhand.kit.prepared import Prepared, forget_remembered, prepared, remembering, steady

pytestmark = pytest.mark.django_db


@prepared
def _named(name: str) -> QuerySet[Group]:
    return Group.objects.filter(name=name)


@prepared
def _permissions(content_types: list[int]) -> QuerySet[Permission]:
    return (
        Permission.objects.filter(content_type__in=content_types)
        .select_related("content_type")
        .annotate(groups=Count("group"))
        .order_by("pk")
    )


def test_each_call_asks_for_its_own_value(django_assert_num_queries):
    for name in ("one", "two"):
        Group.objects.create(name=name)

    assert [group.name for group in _named("one")] == ["one"]
    with django_assert_num_queries(1):
        assert [group.name for group in _named("two")] == ["two"]
    assert _named("three") == []


def test_the_function_runs_once_for_a_shape():
    calls = []

    def make(pk: int | None) -> QuerySet[Group]:
        calls.append(pk)
        return Group.objects.filter(pk=pk)

    ask = Prepared(make)
    for pk in (1, 2, None, 3, None):
        ask(pk)

    assert len(calls) == 2


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5])
def test_lists_of_any_length(size):
    wanted = list(ContentType.objects.order_by("pk").values_list("pk", flat=True)[:size])
    expected = (
        Permission.objects.filter(content_type__in=wanted)
        .select_related("content_type")
        .annotate(groups=Count("group"))
        .order_by("pk")
    )

    found = _permissions(wanted)

    assert found == list(expected)
    assert [row.groups for row in found] == [0] * len(found)


def test_what_was_joined_comes_along(django_assert_num_queries):
    wanted = list(ContentType.objects.values_list("pk", flat=True)[:2])
    with django_assert_num_queries(1):
        assert {row.content_type.pk for row in _permissions(wanted)} == set(wanted)


def test_what_is_fetched_besides_comes_along(django_assert_num_queries):
    group = Group.objects.create(name="one")
    group.permissions.add(*Permission.objects.all()[:3])
    ask = prepared(lambda name: Group.objects.filter(name=name).prefetch_related("permissions"))

    with django_assert_num_queries(2):
        assert len(ask("one")[0].permissions.all()) == 3


def test_values():
    Group.objects.create(name="One")
    ask = prepared(lambda name: Group.objects.filter(name=name).order_by(Lower("name")).values_list("pk", "name"))
    flat = prepared(lambda name: Group.objects.filter(name=name).values_list("name", flat=True))

    assert [name for _, name in ask("One")] == ["One"]
    assert flat("One") == ["One"]


def test_moments():
    from django.contrib.sessions.models import Session

    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    Session.objects.create(session_key="a", session_data="", expire_date=moment)
    ask = prepared(lambda at: Session.objects.filter(expire_date__gt=at))

    assert len(ask(moment - timedelta(seconds=1))) == 1
    assert ask(moment) == []
    assert ask(moment) == [] != ask(moment - timedelta(days=1))


def test_a_queryset_is_used_as_it_is():
    for name in ("one", "two"):
        Group.objects.create(name=name)
    ask = prepared(lambda groups: groups.order_by("name").values_list("name", flat=True))

    assert ask(Group.objects.filter(name="one")) == ["one"]
    assert ask(Group.objects.all()) == ["one", "two"]


def test_a_number_that_no_column_holds_finds_nothing():
    assert prepared(lambda pk: Group.objects.filter(pk=pk))(2**63) == []


@dataclass(frozen=True)
class _Reader:
    group_ids: list[int]
    sees_all: bool


@prepared
def _seen_by(reader: _Reader) -> QuerySet[Group]:
    return Group.objects.all() if reader.sees_all else Group.objects.filter(pk__in=reader.group_ids)


def test_of_an_object_values_are_values_and_the_rest_is_shape():
    one, two = (Group.objects.create(name=name) for name in ("one", "two"))

    assert _seen_by(_Reader([one.pk], sees_all=False)) == [one]
    assert _seen_by(_Reader([two.pk], sees_all=False)) == [two]
    assert set(_seen_by(_Reader([0], sees_all=True))) == {one, two}


@pytest.mark.parametrize(
    "make",
    [
        lambda name: Group.objects.filter(name__icontains=name),
        lambda name: Group.objects.filter(permissions__name__startswith=name),
    ],
)
def test_a_value_that_changes_on_its_way_is_refused(make):
    """It would silently be the stand-in for ever."""
    with pytest.raises(LookupError, match="changes on its way"):
        prepared(make)("x")


def test_a_value_in_the_sql_itself_is_refused():
    with pytest.raises(LookupError, match="stands in its SQL"):
        prepared(lambda count: Group.objects.all()[:count])(5)


def test_a_steady_question_is_asked_once_in_a_batch_of_work(django_assert_num_queries):
    Group.objects.create(name="one")
    ask = steady(_named)

    with remembering(), django_assert_num_queries(2):
        assert ask("one") == ask("one") != ask("two")
    with django_assert_num_queries(2):
        ask("one")
        ask("one")


def test_what_was_remembered_can_be_forgotten(django_assert_num_queries):
    ask = steady(_named)

    with remembering(), django_assert_num_queries(2):
        ask("one")
        forget_remembered()
        ask("one")
