"""The search box of a list: what is chosen, as facets, and what can be chosen, as a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from deskhand.kit.screens.declarations import Filter, Group
from deskhand.kit.screens.state import ListState

#: From a state to the address of the list in that state.
UrlOf = Callable[[ListState], str]


@dataclass(frozen=True)
class Facet:
    """Something that is chosen. ``values`` stand with "or" between them; ``url`` removes it."""

    icon: str
    values: Sequence[str]
    url: str
    remove: str
    label: str = ""


@dataclass(frozen=True)
class Choice:
    """An entry of the menu. ``starts_section``: a line above it."""

    label: str
    url: str
    is_chosen: bool
    starts_section: bool = False


@dataclass(frozen=True)
class SearchBox:
    """``hidden``: the state as parameters of the form that goes to ``action``, so that what is typed is added to it."""

    action: str
    facets: Sequence[Facet]
    filters: Sequence[Choice]
    groups: Sequence[Choice]
    hidden: Sequence[tuple[str, str]]


def search_box(
    state: ListState,
    filters: Sequence[Filter],
    groups: Sequence[Group],
    *,
    action: str,
    name_within: Callable[[str, str], str],
) -> SearchBox:
    """``action``: the page that is searched. ``name_within`` names a group's value that it is narrowed to."""

    def url_of(state: ListState) -> str:
        return f"{action}?{state.query}"

    return SearchBox(
        action=action,
        facets=[
            *_filter_facets(state, filters, url_of),
            *_within_facets(state, groups, url_of, name_within),
            *_group_facets(state, groups, url_of),
            *_word_facets(state, url_of),
        ],
        filters=list(_filter_choices(state, filters, url_of)),
        groups=[Choice(str(g.label), url_of(state.toggling_group(g.key)), g.key in state.groups) for g in groups],
        hidden=[pair for pair in state.at_page(1).pairs() if pair != ("filter", "")],
    )


def _filter_facets(state: ListState, filters: Sequence[Filter], url_of: UrlOf) -> Iterable[Facet]:
    chosen = sorted((known for known in filters if known.key in state.filters), key=lambda known: known.section)
    for _section, found in groupby(chosen, key=lambda known: known.section):
        together = list(found)
        names = [str(known.label) for known in together]
        yield Facet(
            icon="filter",
            values=names,
            url=url_of(state.without_filters(known.key for known in together)),
            remove=_("Remove filter %(name)s") % {"name": ", ".join(names)},
        )


def _within_facets(
    state: ListState, groups: Sequence[Group], url_of: UrlOf, name_within: Callable[[str, str], str]
) -> Iterable[Facet]:
    labels = {group.key: str(group.label) for group in groups}
    for key, value in state.within:
        if key not in labels:
            continue
        name = name_within(key, value)
        yield Facet(
            icon="",
            label=labels[key],
            values=[name],
            url=url_of(state.outside(key, value)),
            remove=_("Remove filter %(name)s") % {"name": f"{labels[key]}: {name}"},
        )


def _group_facets(state: ListState, groups: Sequence[Group], url_of: UrlOf) -> Iterable[Facet]:
    for group in groups:
        if group.key in state.groups:
            yield Facet(
                icon="stack-2",
                values=[str(group.label)],
                url=url_of(state.toggling_group(group.key)),
                remove=_("Remove grouping by %(name)s") % {"name": group.label},
            )


def _word_facets(state: ListState, url_of: UrlOf) -> Iterable[Facet]:
    for word in state.words:
        remove = _("Remove search for %(words)s") % {"words": word}
        yield Facet(icon="search", values=[word], url=url_of(state.without_words(word)), remove=remove)


def _filter_choices(state: ListState, filters: Sequence[Filter], url_of: UrlOf) -> Iterable[Choice]:
    before = filters[0].section if filters else ""
    for known in filters:
        yield Choice(
            label=str(known.label),
            url=url_of(state.toggling_filter(known.key)),
            is_chosen=known.key in state.filters,
            starts_section=known.section != before,
        )
        before = known.section
