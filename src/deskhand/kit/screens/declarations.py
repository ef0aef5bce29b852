"""The words in which a record list is declared: columns, filters, groups, and the sheet of one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Q

from deskhand.kit.screens.cells import KINDS

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrPromise

    from deskhand.kit.screens.actions import Doing

Width = Literal["", "xs", "s", "m", "l"]
CardPlace = Literal["title", "start", "end", "start-2", "end-2", "none"]


@dataclass(frozen=True)
class CellEdit:
    """How a cell is edited in the list: the control (made for the request and the record), what stands in it at first,
    and the service that saves what was typed. What that refuses stands beside the control.
    """

    field: Callable[[HttpRequest, Any], forms.Field]
    value: Callable[[Any], Any]
    save: Callable[[Any, Any, Doing], Any]


@dataclass(frozen=True)
class Column:
    """One column.

    What stands in it is the attribute ``key`` (``parent__name`` goes over the join), or what ``value`` answers for the
    record, or, for values that lie elsewhere, what ``load`` answers for all rows of the page at once: pk → value, at
    most one query. ``kind`` says how a value is shown (see :data:`~deskhand.kit.screens.cells.KINDS`), ``render`` does
    it by hand. ``label`` empty: the field's name.

    ``sort``: what the list is ordered by when the heading is chosen; None: the field itself, if there is one; empty:
    not sortable. ``is_primary``: leads to the record. ``card``: where it stands when the row is a card, on a phone or
    in Kanban; ``title`` the first line, ``start`` and ``end`` the second, ``start-2`` and ``end-2`` the third, ``none``
    nowhere. ``is_shown``: False leaves it to each person to choose the column. ``total``: what stands in the headings
    of groups and below the list. ``export``: what an exported file says; a column that is drawn by hand is left out of
    it otherwise.
    ``edit``: how its cells are edited in place; not those of a primary column, which lead to the record.
    """

    key: str
    label: str | StrPromise = ""
    kind: str = "text"
    value: Callable[[Any], Any] | None = None
    load: Callable[[Sequence[int]], Mapping[int, Any]] | None = None
    render: Callable[[Any], SafeString | str] | None = None
    sort: Sequence[str] | None = None
    is_primary: bool = False
    width: Width = ""
    align: Literal["start", "end"] = "start"
    card: CardPlace = "none"
    export: Callable[[Any], Any] | None = None
    edit: CellEdit | None = None
    is_shown: bool = True
    total: Literal["", "sum", "average"] = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Column {self.key}: no kind {self.kind!r}, there are {', '.join(KINDS)}")


@dataclass(frozen=True)
class Filter:
    """A filter to switch on. ``where`` is a condition, or a function of the user that answers one.

    Filters of one ``section`` widen each other (or), sections narrow each other (and). ``is_default``: on when the
    list is opened without anything in its address.
    """

    key: str
    label: str | StrPromise
    where: Q | Callable[[Any], Q]
    section: str = ""
    is_default: bool = False

    def condition(self, user: Any) -> Q:
        return self.where(user) if callable(self.where) else self.where


@dataclass(frozen=True)
class Field:
    """Something that rows are searched and filtered by: a value of the record, or of one that it is linked to.

    ``path`` leads to it, empty: ``key``. What can be asked of it follows from the model's field
    (:mod:`deskhand.kit.screens.fields`). A link is named by ``label_path`` (``parent__name``, empty: its ``name``);
    ``labels`` names codes. What columns and groups show is a field without being declared.
    """

    key: str
    label: str | StrPromise = ""
    path: str = ""
    label_path: str = ""
    labels: Callable[[Any], str] | None = None


Interval = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True)
class Group:
    """A grouping: by a field's value, or by the days, weeks, months, quarters or years of a moment.

    ``path`` leads to the value, empty: ``key``. A link is named by ``label_path`` (``parent__name``); a choice by its
    label; ``labels`` names other values. ``empty`` names the group of records without a value. Groups stand in the
    order of ``order_path`` (``stage__position``, ``-priority``), empty: of their names; moments: the newest first.
    ``by``: of a moment, the interval that is meant when none is chosen.

    ``offers``: the records of a link that have a column in Kanban although none of the rows is in it. ``writes``: one
    service call that gives a record another value of the group, as a card does that is dragged; it gets the record's
    key, the value (None: without one) and the person.
    """

    key: str
    label: str | StrPromise
    path: str = ""
    label_path: str = ""
    by: Literal["value"] | Interval = "value"
    labels: Callable[[Any], str] | None = None
    empty: str | StrPromise = "–"
    order_path: str = ""
    offers: Callable[[Any], QuerySet[Any]] | None = None
    writes: Callable[[int, Any, Any], object] | None = None

    @property
    def source(self) -> str:
        return self.path or self.key


@dataclass(frozen=True)
class ViewLink:
    """A button of the view switch."""

    icon: str
    label: str | StrPromise
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class EmptyState:
    """What a list without any record says: what will be here, and what to do next."""

    icon: str
    title: str | StrPromise
    text: str | StrPromise


@dataclass(frozen=True)
class Sheet:
    """How the fields of a form lie on the record page: the title, two columns, long texts below."""

    title: str = "name"
    left: Sequence[str] = ()
    right: Sequence[str] = ()
    below: Sequence[str] = ()
