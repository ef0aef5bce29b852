from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict

from deskhand.kit.screens import Column, Group
from deskhand.kit.screens.fields import known_fields
from deskhand.kit.screens.state import ListState, Vocabulary, path_of

GROUPS = [Group("team", "Team", path="content_type"), Group("month", "Month", path="name")]
KNOWN = Vocabulary(
    filters=frozenset(["mine", "open"]),
    fields=known_fields(Permission, [], GROUPS, [Column("codename")], []),
    groups=frozenset(["team", "month"]),
    sorts=frozenset(["name"]),
    columns=frozenset(["name", "team"]),
    views=frozenset(["kanban"]),
)


def read(query: str) -> ListState:
    return ListState.read(QueryDict(query), KNOWN)


def test_an_address_says_all_and_is_written_again_as_it_was() -> None:
    query = (
        "q=oven&q=door&find=codename.x.y&filter=mine&in=team.3&where=any%26codename.is%3Da%252Bb%26team.set%3D"
        "&group=team&group=month&open=3%2F2025-11&fold=3&limit=80&sort=-name&col=name&view=kanban&page=2"
    )

    assert read(query).query == query


def test_what_the_list_does_not_know_is_left_out() -> None:
    state = read(
        "filter=mine&filter=gone&group=gone&in=gone.1&in=nonsense&sort=gone&page=-1&utm=x&find=gone.x&find=team.3"
        "&where=all%26gone.is%3D1&where=codename.gt%3D1&where=&col=gone&view=map&group=team:decade"
    )

    assert state == ListState(filters=("mine",))


@pytest.mark.parametrize("page", ["0", "x", "1.5", "99999999999", "²"])
def test_a_page_that_is_no_number_is_the_first(page: str) -> None:
    assert read(f"page={page}").page == 1


def test_words_without_letters_are_no_search() -> None:
    assert read("q=&q=%20").words == ()


def test_twice_the_same_is_once() -> None:
    assert read("q=a&q=a&filter=open&filter=open") == ListState(words=("a",), filters=("open",))


def test_an_address_that_chooses_nothing_leaves_the_defaults_on_and_one_with_an_empty_filter_does_not() -> None:
    assert not ListState.is_chosen(QueryDict("sort=name&page=2"))
    assert ListState.is_chosen(QueryDict("filter="))
    assert ListState().query == "filter="


def test_choosing_starts_again_at_the_first_page_and_sorting_too() -> None:
    state = ListState(filters=("open",), page=4)

    assert state.toggling_filter("mine") == ListState(filters=("open", "mine"))
    assert state.toggling_filter("open") == ListState()
    assert state.sorted_by("name", downwards=True) == ListState(filters=("open",), sort="-name")


def test_grouping_again_forgets_which_groups_were_open() -> None:
    state = ListState(groups=("team",), opened=("1",))

    assert state.toggling_group("month") == ListState(groups=("team", "month"))
    assert state.toggling_group("team") == ListState()


def test_that_no_group_is_open_is_said_too() -> None:
    assert read("group=team&open=").opened == ()
    assert read("group=team").opened is None
    assert ListState(groups=("team",), opened=()).query == "group=team&open="


def test_going_inside_a_group_ends_the_grouping_and_can_be_taken_back() -> None:
    inside = ListState(groups=("team",), opened=("3",)).inside([("team", "3")])

    assert inside == ListState(within=(("team", "3"),))
    assert inside.outside("team") == ListState()


def test_there_are_three_levels_of_groups_at_most_and_each_group_once() -> None:
    assert read("group=team&group=team:week").groups == ("team",)
    assert ListState(groups=("a", "b", "c")).toggling_group("d").groups == ("a", "b", "c")


def test_a_favourite_keeps_what_is_shown_but_not_where_one_reads() -> None:
    state = ListState(words=("oven",), groups=("team",), opened=("3",), sort="name", columns=("name",), page=3)

    assert state.favorite_query == "q=oven&group=team&sort=name&col=name"


def test_a_path_keeps_values_with_slashes_apart() -> None:
    assert path_of(["a/b", "none"]) == "a%2Fb/none"
