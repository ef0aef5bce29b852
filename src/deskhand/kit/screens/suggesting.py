"""What could be meant by a word that is being typed into the search box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from deskhand.kit.screens.fields import KnownField
from deskhand.kit.screens.state import ListState, searched

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

#: Records and choices that are suggested of each field.
MOST_OF_A_FIELD = 5


@dataclass(frozen=True)
class Suggestion:
    """``label`` is the field (*Customer*), ``value`` what is looked for; ``is_search``: a text, not a record."""

    label: str
    value: str
    url: str
    is_search: bool = False


def suggestions(
    screen: ListScreen[Any],
    request: HttpRequest,
    state: ListState,
    *,
    typed: str,
    url_of: Callable[[ListState], str],
) -> list[Suggestion]:
    """Everywhere, each text field, filters, then values of the other fields. One query for each link and code."""
    words = searched(typed)
    if not words:
        return []
    fields = screen.known_fields.values()
    return [
        Suggestion("", words, url_of(state.with_words(words)), is_search=True),
        *(_search(field, words, state, url_of) for field in fields if field.kind == "text"),
        *_filters(screen, words, state, url_of),
        *(found for field in fields for found in _values(screen, request, field, words, state, url_of)),
    ]


def _search(field: KnownField, words: str, state: ListState, url_of: Callable[[ListState], str]) -> Suggestion:
    return Suggestion(field.label, words, url_of(state.finding(field.key, words)), is_search=True)


def _filters(
    screen: ListScreen[Any], words: str, state: ListState, url_of: Callable[[ListState], str]
) -> Iterator[Suggestion]:
    for known in screen.all_filters:
        if words.casefold() in str(known.label).casefold() and known.key not in state.filters:
            yield Suggestion("", str(known.label), url_of(state.toggling_filter(known.key)))


def _values(
    screen: ListScreen[Any],
    request: HttpRequest,
    field: KnownField,
    words: str,
    state: ListState,
    url_of: Callable[[ListState], str],
) -> Iterator[Suggestion]:
    if field.kind not in {"link", "links", "choice", "code"}:
        return
    chosen = {value for name, value in state.within if name == field.key}
    for value, name in field.offered(screen.rows(request), request.user, words, most=MOST_OF_A_FIELD):
        if value not in chosen:
            yield Suggestion(field.label, name, url_of(state.toggling_value(field.key, value)))
