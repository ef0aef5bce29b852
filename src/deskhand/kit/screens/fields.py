"""What rows can be asked about: the fields of a screen, their kinds, and the values that they offer to choose.

==========  =========================================  ==========================================================
kind        model field                                value in an address
==========  =========================================  ==========================================================
``text``    text without choices                       the text
``choice``  text or number with choices                the stored value
``code``    text that ``labels`` names                 the stored value
``number``  numbers                                    ``12``, ``12.5``
``flag``    yes or no                                  ``1``, ``0``
``link``    foreign key                                the key of the record
``links``   many to many                               the key of a record
``moment``  date and time                              a period: ``2026-11-22``, ``2026-W47``, ``2026-11``, ``2026-Q4``
``day``     date                                       the same
==========  =========================================  ==========================================================

``none`` stands for "without a value" everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from deskhand.kit.keys import LARGEST_KEY
from deskhand.kit.screens.choosing import field_of
from deskhand.kit.screens.declarations import Column, Field, Group
from deskhand.kit.screens.periods import read_period

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Kind = Literal["text", "choice", "code", "number", "flag", "link", "links", "moment", "day"]

#: What stands in an address for "without a value".
EMPTY = "none"
#: More than these are not offered to choose from; they are found by typing.
MOST_OFFERED = 200
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class KnownField:
    """A field that is declared, with what the model says about it."""

    key: str
    named: str | StrPromise
    path: str
    kind: Kind
    model: type[models.Model]
    label_path: str = ""
    labels: Any = None
    empty: str | StrPromise = "–"
    offers: Callable[[Any], QuerySet[Any]] | None = None

    @property
    def label(self) -> str:
        """In the language of who asks: a screen is declared once for all of them."""
        return str(self.named)

    @property
    def column(self) -> Any:
        """The field of the model."""
        return field_of(self.model, self.path)

    def condition(self, values: Iterable[str]) -> Q:
        """That the value is one of these, as they stand in an address; a value that cannot be is none of any row."""
        found = reduce(or_, (self._is(value) for value in values), NOTHING)
        return self.once(found)

    def once(self, condition: Q) -> Q:
        """A condition on a link to many that leaves a row in the list once, however many of its links fit."""
        manager = self.model._default_manager  # noqa: SLF001
        return Q(pk__in=manager.filter(condition).order_by().values("pk")) if self.kind == "links" else condition

    def empty_condition(self) -> Q:
        is_text = isinstance(self.column, models.CharField | models.TextField)
        return Q((f"{self.path}__isnull", True)) | (Q((self.path, "")) if is_text else NOTHING)

    def _is(self, value: str) -> Q:
        if value == EMPTY:
            return self.empty_condition()
        if self.kind in {"moment", "day"}:
            period = read_period(value)
            return period.condition(self.path, is_moment=self.kind == "moment") if period else NOTHING
        found = self.python_value(value)
        return NOTHING if found is None else Q((self.path, found))

    def python_value(self, text: str) -> Any:
        """What the text stands for; None: nothing that a row could have."""
        if "\0" in text:
            return None
        if self.kind == "flag":
            return {"1": True, "0": False}.get(text)
        if self.kind == "number":
            return number_of(text)
        target = self.column.target_field if self.column.is_relation else self.column
        try:
            found = target.to_python(text)
        except (ValueError, TypeError, ValidationError):
            return None
        return None if isinstance(found, int) and abs(found) > LARGEST_KEY else found

    # ---- names ------------------------------------------------------------------------------------------------------

    def name_of(self, value: str, rows: QuerySet[Any], user: Any) -> str:
        """What a value is called, by somebody who may see these rows. At most one query; empty: it has no name."""
        if value == EMPTY:
            return str(self.empty)
        if self.kind in {"moment", "day"}:
            period = read_period(value)
            return period.label if period else ""
        found = self.python_value(value)
        if found is None:
            return ""
        if self.kind in {"link", "links"}:
            names = self.linked(rows, user).filter(pk=found).values_list(self.name_path, flat=True)
            return str(next(iter(names.order_by()[:1]), ""))
        return self.label_of_value(found)

    def label_of_value(self, value: Any) -> str:
        """The name of a stored value that is no link."""
        if self.kind == "flag":
            return _("Yes") if value else _("No")
        if self.labels is not None:
            return str(self.labels(value))
        return str(dict(self.column.flatchoices or ()).get(value, value))

    @property
    def name_path(self) -> str:
        """The name of a linked record, from that record on."""
        return self.label_path.removeprefix(f"{self.path}__") or "name"

    def linked(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """The records that the link may lead to, as far as the person may see them."""
        known: Any = self.column.related_model._default_manager.all()  # noqa: SLF001
        if hasattr(known, "visible_to"):
            return known.visible_to(user)  # type: ignore[no-any-return]
        return known.filter(pk__in=rows.order_by().values(self.path))  # type: ignore[no-any-return]

    def offered(self, rows: QuerySet[Any], user: Any, words: str = "", *, most: int) -> list[tuple[str, str]]:
        """Values and names to choose from, those whose name contains ``words``. One query, none for fixed choices."""
        if self.kind in {"link", "links"}:
            linked = self.offers(user) if self.offers else self._choosable(rows, user)
            for word in words.split():
                linked = linked.filter(**{f"{self.name_path}__icontains": word})
            named = linked.order_by(self.name_path, "pk").values_list("pk", self.name_path)
            return [(str(pk), str(name)) for pk, name in named[:most]]
        return [found for found in self._fixed(rows) if words.casefold() in found[1].casefold()][:most]

    def _choosable(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Of the linked records those that the model lets the field lead to."""
        return self.linked(rows, user).complex_filter(self.column.get_limit_choices_to())

    def _fixed(self, rows: QuerySet[Any]) -> list[tuple[str, str]]:
        if self.kind == "flag":
            return [("1", _("Yes")), ("0", _("No"))]
        if self.kind == "choice":
            return [(str(value), str(label)) for value, label in self.column.flatchoices]
        if self.kind == "code":
            stored = rows.order_by().exclude(self.empty_condition()).values_list(self.path, flat=True).distinct()
            return sorted(((str(value), str(self.labels(value))) for value in stored), key=lambda found: found[1])
        return []


def number_of(text: str) -> Decimal | None:
    """A number that a database can compare with; None: it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= LARGEST_KEY else None


def known_fields(
    model: type[models.Model],
    declared: Sequence[Field],
    groups: Sequence[Group],
    columns: Sequence[Column],
    search: Sequence[str],
) -> dict[str, KnownField]:
    """The fields of a screen: what it declares, what it groups by, what its columns show, and what a search looks at.

    A path is asked about once: what is declared first names it.
    """
    found: dict[str, KnownField] = {}
    paths: set[str] = set()
    for field, empty in _told(declared, groups, columns, search, model):
        known = _known(model, field, empty)
        if known is not None and known.path not in paths and known.key not in found:
            found[known.key] = known
            paths.add(known.path)
    offers = {group.key: group.offers for group in groups if group.offers and group.key in found}
    return found | {key: replace(found[key], offers=offer) for key, offer in offers.items()}


def _told(
    declared: Sequence[Field],
    groups: Sequence[Group],
    columns: Sequence[Column],
    search: Sequence[str],
    model: type[models.Model],
) -> Iterator[tuple[Field, str | StrPromise]]:
    for field in declared:
        yield field, "–"
    for group in groups:
        yield Field(group.key, group.label, group.path, group.label_path, group.labels), group.empty
    for column in columns:
        path = column.sort[0].removeprefix("-") if column.sort and len(column.sort) == 1 else column.key
        yield _of_column(model, column, column.key if field_of(model, column.key) is not None else path), "–"
    for path in search:
        link = _link_named_by(model, path)
        yield Field(link or path), "–"


def _of_column(model: type[models.Model], column: Column, path: str) -> Field:
    """A column that shows the name of a linked record asks about the link."""
    link = _link_named_by(model, path)
    return Field(link, column.label) if link else Field(column.key, column.label, path)


def _link_named_by(model: type[models.Model], path: str) -> str:
    """``department`` for ``department__name``, where that is a link; empty: it is none."""
    first, _name, rest = path.partition("__")
    link = field_of(model, first)
    return first if rest == "name" and link is not None and link.is_relation else ""


def _known(model: type[models.Model], field: Field, empty: str | StrPromise) -> KnownField | None:
    path = field.path or field.key
    column = field_of(model, path)
    kind = kind_of(column, field) if column is not None else None
    if kind is None:
        return None
    return KnownField(
        key=field.key,
        named=field.label or capfirst(getattr(column, "verbose_name", field.key)),
        path=path,
        kind=kind,
        model=model,
        label_path=field.label_path,
        labels=field.labels,
        empty=empty,
    )


_KINDS: Mapping[type[Any], Kind] = {
    models.DateTimeField: "moment",
    models.DateField: "day",
    models.BooleanField: "flag",
    models.ManyToManyField: "links",
    models.ManyToManyRel: "links",
    models.ForeignKey: "link",
    models.IntegerField: "number",
    models.FloatField: "number",
    models.DecimalField: "number",
    models.CharField: "text",
    models.TextField: "text",
}


def kind_of(column: Any, field: Field) -> Kind | None:
    """None: nobody can ask about such a column (a file, JSON)."""
    if field.labels is not None:
        return "code"
    if getattr(column, "flatchoices", None):
        return "choice"
    return next((kind for model_field, kind in _KINDS.items() if isinstance(column, model_field)), None)
