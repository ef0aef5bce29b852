"""Headings and rows as ready strings: the template only loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from deskhand.kit.screens.cells import KINDS
from deskhand.kit.screens.choosing import field_of, shown_as, sort_paths
from deskhand.kit.screens.declarations import Column
from deskhand.kit.screens.shapes import Heading, Row
from deskhand.kit.ui.parts import LONG
from deskhand.kit.ui.shapes import Badge

if TYPE_CHECKING:
    from deskhand.kit.screens.state import ListState

#: Kinds of values that say nothing without their heading, which phones do not show.
_BARE = frozenset(["number", "check"])
#: Values that look the same wherever they stand.
_REPEATED = frozenset([str, int, bool, type(None), Badge])


def heading_of(column: Column, model: type[Model], state: ListState, base: str) -> Heading:
    """A heading that is chosen again sorts the other way round."""
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(state.sort, "")
    url = ""
    if sort_paths(column, model):
        url = f"{base}?{state.sorted_by(column.key, downwards=direction == 'ascending').query}"
    return Heading(
        label=label_of(column, model),
        css="r" if column.align == "end" else "",
        width=f"dh-w-{column.width}" if column.width else "",
        url=url,
        direction=direction,
        is_primary=column.is_primary,
    )


def label_of(column: Column, model: type[Model]) -> str:
    """What a column is called."""
    if column.label:
        return str(column.label)
    known = field_of(model, column.key)
    return str(capfirst(known.verbose_name) if known is not None else column.key)


def heading_cells(
    columns: Sequence[Column], totals: Mapping[str, Any], model: type[Model]
) -> tuple[int, list[SafeString]]:
    """How many columns the name of a group spans, and the cells behind it: from the first total on."""
    first = next((place for place, column in enumerate(columns) if column.total and place), len(columns))
    return first, [_total(column, totals, label_of(column, model)) for column in columns[first:]]


def total_cells(columns: Sequence[Column], totals: Mapping[str, Any]) -> list[SafeString]:
    return [_total(column, totals) for column in columns]


def totals_in_words(columns: Sequence[Column], totals: Mapping[str, Any]) -> list[SafeString]:
    """What stands beside the count of a Kanban's column."""
    wanted = [column for column in columns if totals.get(column.key) is not None]
    return [SafeString(conditional_escape(KINDS[column.kind](totals[column.key]))) for column in wanted]


def _total(column: Column, totals: Mapping[str, Any], named: str = "") -> SafeString:
    """``named``: what the total is called where no heading stands above it."""
    css = "r num" if column.align == "end" else "num"
    if totals.get(column.key) is None:
        return SafeString(f'<td role="cell" class="{css}"></td>')
    label = f' data-total="{escape(named)}"' if named else ""
    return SafeString(
        f'<td role="cell" class="{css}"{label}>{conditional_escape(KINDS[column.kind](totals[column.key]))}</td>'
    )


def rows_of(columns: Sequence[Column], records: Sequence[Any], url_of: Callable[[Any], str]) -> list[Row]:
    """The records as rows. Each column that loads its values is asked once for all of them."""
    draw = [_drawer(column, records, url_of) for column in columns]
    box = _box_drawer()
    return [Row(record.pk, SafeString("".join([cell(record) for cell in draw])), box(record)) for record in records]


def _box_drawer() -> Callable[[Any], SafeString]:
    """The box that a row is ticked with; it belongs to the bar of mass actions."""
    label = gettext("Select %(name)s")

    def box(record: Any) -> SafeString:
        named = escape(label % {"name": record})
        return SafeString(
            '<td role="cell" class="sel"><label class="dh-tick"><input class="form-check-input" type="checkbox" '
            f'name="pk" value="{record.pk}" form="dh-mass" aria-label="{named}" autocomplete="off"></label></td>'
        )

    return box


def cards_of(columns: Sequence[Column], records: Sequence[Any], url_of: Callable[[Any], str]) -> list[SafeString]:
    """The records as cards: the columns stand where ``card`` says. Each that loads its values is asked once."""
    shown = {place: _contents(columns, records, place) for place in ("start", "end", "start-2", "end-2")}
    titles = _contents([column for column in columns if column.is_primary], records, "title")
    return [_card(record, url_of(record), titles, shown) for record in records]


_Contents = list[Callable[[Any], str]]


def _contents(columns: Sequence[Column], records: Sequence[Any], place: str) -> _Contents:
    return [_content(column, records) for column in columns if column.card == place]


def _content(column: Column, records: Sequence[Any]) -> Callable[[Any], str]:
    value_of, render = values_of(column, records), column.render or KINDS[column.kind]
    return lambda record: conditional_escape(render(value_of(record)))


def _card(record: Any, url: str, titles: _Contents, shown: Mapping[str, _Contents]) -> SafeString:
    def line(start: str, end: str, css: str) -> str:
        left = "".join([content(record) for content in shown[start]])
        right = "".join([content(record) for content in shown[end]])
        return f'<div class="{css}">{left}<span class="grow"></span>{right}</div>' if left or right else ""

    title, name = "".join([content(record) for content in titles]), escape(str(record))
    return SafeString(
        f'<li class="dh-card" id="card-{record.pk}" data-id="{record.pk}" tabindex="0" aria-label="{name}">'
        f'<h3 dir="auto"><a href="{escape(url)}" tabindex="-1">{title}</a></h3>'
        f"{line('start', 'end', 'sub')}{line('start-2', 'end-2', 'ft')}</li>"
    )


def _drawer(column: Column, records: Sequence[Any], url_of: Callable[[Any], str]) -> Callable[[Any], str]:
    """``records`` are those of one page, all of one kind."""
    value_of, render = values_of(column, records), column.render or KINDS[column.kind]
    edited = f' data-edit="{escape(column.key)}"' if column.edit else ""
    says_its_heading = column.kind in _BARE and column.card not in {"none", "title"} and bool(records)
    said = f' data-heading="{escape(label_of(column, type(records[0])))}"' if says_its_heading else ""
    start = f'<td role="cell" class="{_css(column)}"{edited}{said}'

    def cell_of(value: Any, record: Any) -> str:
        html: str = conditional_escape(render(value))
        if column.is_primary:
            html = f'<a href="{escape(url_of(record))}">{html}</a>'
        title = f' title="{escape(value)}"' if isinstance(value, str) and len(value) > LONG else ""
        return f"{start}{title}>{html}</td>"

    if column.is_primary:
        return lambda record: cell_of(value_of(record), record)
    known: dict[Any, str] = {}  # the same few people and stages stand in most of the rows

    def cell(record: Any) -> str:
        value = value_of(record)
        if value.__class__ not in _REPEATED:
            return cell_of(value, record)
        drawn = known.get(value)
        if drawn is None:
            drawn = known[value] = cell_of(value, record)
        return drawn

    return cell


def _css(column: Column) -> str:
    align = "r " if column.align == "end" else ""
    return f"{align}at-{column.card}{' lead' if column.is_primary else ''}"


def values_of(column: Column, records: Sequence[Any]) -> Callable[[Any], Any]:
    """From a record to what stands in the column; what it loads is loaded here, for all of the records."""
    if column.load is not None:
        loaded: Mapping[int, Any] = column.load([record.pk for record in records]) if records else {}
        return lambda record: loaded.get(record.pk, "")
    if column.value is not None:
        return column.value
    *joins, last = column.key.split(LOOKUP_SEP)
    if records and joins and hasattr(records[0], shown_as(column.key)):
        return attrgetter(shown_as(column.key))
    return lambda record: _spoken(_follow(record, joins), last)


def _follow(record: Any, joins: Iterable[str]) -> Any:
    for name in joins:
        record = getattr(record, name) if record is not None else None
    return record


def _spoken(record: Any, name: str) -> Any:
    """The value of a field; of a choice its label, of a link to many all of them."""
    if record is None:
        return None
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return value.all() if hasattr(value, "all") else value
