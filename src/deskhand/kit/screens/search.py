"""The search box of a list: what is chosen, as facets, and what can be chosen, as a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from deskhand.kit.screens.conditions import WITHOUT_VALUE, WORDS, Condition, CustomFilter
from deskhand.kit.screens.declarations import Filter, Group
from deskhand.kit.screens.fields import KnownField
from deskhand.kit.screens.periods import INTERVAL_NAMES, INTERVALS, Period, period_of, today
from deskhand.kit.screens.state import ListState, interval_of

#: From a field and a value, as it stands in an address, to its name.
NameOf = Callable[[str, str], str]


@dataclass(frozen=True)
class Facet:
    """Something that is chosen. ``values`` stand with "or" between them; ``url`` removes it."""

    icon: str
    values: Sequence[str]
    url: str
    remove: str
    label: str = ""
    joined_by: str = ""


@dataclass(frozen=True)
class Choice:
    """An entry of the menu. ``starts_section``: a line above it. ``inner``: what it unfolds to, instead of a link."""

    label: str
    url: str
    is_chosen: bool
    starts_section: bool = False
    inner: Sequence[Choice] = ()


@dataclass(frozen=True)
class SearchBox:
    """``hidden``: the state as parameters of the form that goes to ``action``, so that what is typed is added to it.

    ``doors``: where suggestions, favourites and the pop-up for a custom filter come from; empty: there are none.
    """

    action: str
    facets: Sequence[Facet]
    filters: Sequence[Choice]
    groups: Sequence[Choice]
    hidden: Sequence[tuple[str, str]]
    doors: str = ""


class SearchBoxMaker:
    """Makes the box of one page. ``url_of`` leads from a state to an address; ``name_of`` names values of fields."""

    def __init__(
        self,
        state: ListState,
        *,
        filters: Sequence[Filter],
        groups: Sequence[Group],
        fields: Mapping[str, KnownField],
        url_of: Callable[[ListState], str],
        name_of: NameOf,
    ) -> None:
        self.state, self.filters, self.groups, self.fields = state, filters, groups, fields
        self.url_of, self.name_of = url_of, name_of

    def box(self, *, action: str, doors: str) -> SearchBox:
        return SearchBox(
            action=action,
            facets=list(self._facets()),
            filters=[*self._filter_choices(), *self._period_choices()],
            groups=list(self.group_choices()),
            hidden=[pair for pair in self.state.at_page(1).pairs() if pair != ("filter", "")],
            doors=doors,
        )

    # ---- what is chosen ---------------------------------------------------------------------------------------------

    def _facets(self) -> Iterable[Facet]:
        yield from self._filter_facets()
        yield from self._value_facets()
        yield from (self._custom_facet(custom) for custom in self.state.custom)
        yield from self._group_facets()
        yield from self._text_facets()

    def _filter_facets(self) -> Iterable[Facet]:
        chosen = sorted((f for f in self.filters if f.key in self.state.filters), key=lambda known: known.section)
        for _section, found in groupby(chosen, key=lambda known: known.section):
            together = list(found)
            gone = self.state.without_filters(known.key for known in together)
            yield self._facet("filter", [str(known.label) for known in together], gone)

    def _value_facets(self) -> Iterable[Facet]:
        for name in dict.fromkeys(name for name, _value in self.state.within):
            values = [self.name_of(name, value) for found, value in self.state.within if found == name]
            yield self._facet("", values, self.state.outside(name), label=self.fields[name].label)

    def _text_facets(self) -> Iterable[Facet]:
        for name in dict.fromkeys(name for name, _text in self.state.found):
            texts = [text for found, text in self.state.found if found == name]
            yield self._facet("", texts, self.state.without_finding(name), label=self.fields[name].label)
        for word in self.state.words:
            remove = _("Remove search for %(words)s") % {"words": word}
            yield Facet("search", [word], self.url_of(self.state.without_words(word)), remove)

    def _custom_facet(self, custom: CustomFilter) -> Facet:
        sentences = [self._sentence(condition) for condition in custom.conditions]
        joined_by = _("or") if custom.match == "any" else _("and")
        return self._facet("filter", sentences, self.state.without_custom(custom), joined_by=joined_by)

    def _sentence(self, condition: Condition) -> str:
        field, words = self.fields[condition.field], str(WORDS[condition.operator])
        if condition.operator in WITHOUT_VALUE:
            return f"{field.label} {words}"
        is_stored = condition.operator in {"is", "isnt"} and field.kind not in {"text", "number"}
        is_stored = is_stored or condition.operator in {"on", "before", "after"}
        value = self.name_of(condition.field, condition.value) if is_stored else condition.value
        return f"{field.label} {words} {value}"

    def _group_facets(self) -> Iterable[Facet]:
        labels = {group.key: str(group.label) for group in self.groups}
        for chosen in self.state.groups:
            key, interval = interval_of(chosen)
            if key in labels:
                label = labels[key]
                shown = f"{label}: {INTERVAL_NAMES[interval]}" if interval in INTERVAL_NAMES else label
                remove = _("Remove grouping by %(name)s") % {"name": label}
                yield Facet("stack-2", [shown], self.url_of(self.state.toggling_group(chosen)), remove)

    def _facet(
        self, icon: str, values: Sequence[str], gone: ListState, *, label: str = "", joined_by: str = ""
    ) -> Facet:
        joined_by = joined_by or _("or")
        named = f"{label}: {', '.join(values)}" if label else ", ".join(values)
        remove = _("Remove filter %(name)s") % {"name": named}
        return Facet(icon, values, self.url_of(gone), remove, label, joined_by)

    # ---- what can be chosen -----------------------------------------------------------------------------------------

    def _filter_choices(self) -> Iterable[Choice]:
        before = self.filters[0].section if self.filters else ""
        for known in self.filters:
            yield Choice(
                label=str(known.label),
                url=self.url_of(self.state.toggling_filter(known.key)),
                is_chosen=known.key in self.state.filters,
                starts_section=known.section != before,
            )
            before = known.section

    def _period_choices(self) -> Iterable[Choice]:
        """Under each moment the months, quarters and years that people ask for."""
        for place, field in enumerate(field for field in self.fields.values() if field.kind in {"moment", "day"}):
            inner = [self._period_choice(field, period) for period in recent_periods(today())]
            chosen = any(choice.is_chosen for choice in inner)
            yield Choice(field.label, "", chosen, starts_section=not place and bool(self.filters), inner=inner)

    def _period_choice(self, field: KnownField, period: Period) -> Choice:
        url = self.url_of(self.state.toggling_value(field.key, period.address))
        return Choice(period.label, url, (field.key, period.address) in self.state.within)

    def group_choices(self) -> Iterable[Choice]:
        """What the rows can be grouped by."""
        for group in self.groups:
            if self.fields[group.key].kind in {"moment", "day"}:
                yield self._interval_choices(group)
            else:
                url = self.url_of(self.state.toggling_group(group.key))
                yield Choice(str(group.label), url, group.key in self.state.groups)

    def _interval_choices(self, group: Group) -> Choice:
        chosen = {key: interval or group.by for key, interval in map(interval_of, self.state.groups)}
        inner = [
            Choice(str(INTERVAL_NAMES[one]), self._regrouped(group, one), chosen.get(group.key) == one)
            for one in reversed(INTERVALS)
        ]
        return Choice(str(group.label), "", group.key in chosen, inner=inner)

    def _regrouped(self, group: Group, interval: str) -> str:
        """By another interval in the same place, or by this one less."""
        own = [chosen for chosen in self.state.groups if interval_of(chosen)[0] == group.key]
        state = self.state
        for chosen in own:
            state = state.toggling_group(chosen)
        is_chosen = any((interval_of(chosen)[1] or group.by) == interval for chosen in own)
        return self.url_of(state if is_chosen else state.toggling_group(f"{group.key}:{interval}"))


def recent_periods(day: date) -> list[Period]:
    """Today, this week, the last three months, the quarters of this year so far, this year and the last one."""
    month = period_of("month", day)
    months = [month]
    for _earlier in range(2):
        months.append(period_of("month", months[-1].first - timedelta(days=1)))
    quarters = [period_of("quarter", day)]
    while quarters[-1].first.month > 1:
        quarters.append(period_of("quarter", quarters[-1].first - timedelta(days=1)))
    year = period_of("year", day)
    years = [year, period_of("year", year.first - timedelta(days=1))]
    return [period_of("day", day), period_of("week", day), *months, *quarters, *years]
