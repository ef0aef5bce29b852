"""Rows of a file as what is typed into a screen's own form: the same fields, rules and refusals as on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.importing import Importer, LabelledField, ManyNamedField, NamedField, Values, YesNoField

if TYPE_CHECKING:
    from deskhand.kit.screens.actions import Doing
    from deskhand.kit.screens.record import RecordScreen

#: By what a person writes a record down, where its model has it.
_NAMES = ("name", "email")
_NOTHING: tuple[Any, ...] = (None, "", [])


class RowRefused(DomainError):
    """The form does not take the row."""

    code = "import_row_refused"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def form_importer(screen: RecordScreen[Any]) -> Importer:
    """Each row is one form of the screen, saved as its page saves it."""
    keys = screen.import_keys or (screen.sheet.title,)
    return Importer(
        fields=partial(_fields, screen),
        create=partial(_create, screen),
        update=partial(_update, screen),
        keys=keys,
        paths={key: f"{key}__iexact" for key in keys},
    )


def filled(form: Any, typed: Mapping[str, Any]) -> QueryDict:
    """What the form would send if only these fields were typed into."""
    data = QueryDict(mutable=True)
    for field in form:
        value = typed[field.name] if field.name in typed else _standing(field)
        values = value if isinstance(value, list | tuple) else [value]
        is_off = value is None or value is False or (value == "" and field.name not in typed)
        data.setlist(field.html_name, [] if is_off else [str(getattr(one, "pk", one)) for one in values])
    return data


def _standing(bound: Any) -> Any:
    """What stands in a field that nobody touched; browsers choose the first of the choices where nothing else is."""
    field, value = bound.field, bound.value()
    if isinstance(field, forms.ModelMultipleChoiceField):  # no box is there for what is not offered
        return list(cast(Any, field.queryset).filter(pk__in=value or ()).values_list("pk", flat=True))
    if value is None and _is_choice(field) and isinstance(field.widget, forms.Select):
        return next((code for code, _label in field.choices), None)
    return value


def _is_choice(field: forms.Field) -> bool:
    """Whether it is one of a few words, not a record and not several."""
    return isinstance(field, forms.ChoiceField) and not isinstance(
        field, forms.ModelChoiceField | forms.MultipleChoiceField
    )


# ---- as an importer -------------------------------------------------------------------------------------------------


def _fields(screen: RecordScreen[Any], user: Any) -> dict[str, forms.Field]:
    """Those of an empty form that a cell can hold. Where something stands already, new records need no cell."""
    request = HttpRequest()
    request.user = user
    fields = {}
    for bound in screen.form_for(request, None).visible_fields():
        cell = _cell(bound.field)
        if cell is None:
            continue
        # Words that stand for something are understood later, by the form of the record that they are typed into.
        taken = cell if cell is bound.field else forms.CharField()
        taken.label, taken.required = bound.label, bound.field.required and _standing(bound) in _NOTHING
        fields[bound.name] = taken
    return fields


def _create(screen: RecordScreen[Any], values: Values, doing: Doing) -> Any:
    form = _sent(screen, None, values, doing)
    return screen.create(doing.request, form)


def _update(screen: RecordScreen[Any], record: Any, values: Values, doing: Doing) -> None:
    form = _sent(screen, copy(record), values, doing)
    _refuse_fixed(form, record, values)
    screen.change(doing.request, record, form)


def _sent(screen: RecordScreen[Any], record: Any, values: Values, doing: Doing) -> Any:
    """The form of the record as if the values had been typed into it, and right.

    :raises RowRefused: it is not right.
    """
    empty = screen.form_for(doing.request, record)
    form = screen.form_for(doing.request, record, filled(empty, _typed(empty, values)))
    for name, messages in form.errors.items():
        raise RowRefused("" if name == NON_FIELD_ERRORS else name, " ".join(messages))
    return form


def _typed(form: Any, values: Values) -> dict[str, Any]:
    """The cells as this form means them. One that is empty empties nothing that has to be there."""
    typed = {}
    for name, value in values.items():
        field = form.fields.get(name)
        if field is None or (field.required and value in _NOTHING):
            continue
        cell = _cell(field)
        try:
            typed[name] = value if cell is field or cell is None else cell.clean(value)
        except ValidationError as error:
            raise RowRefused(name, " ".join(error.messages)) from error
    return typed


def _refuse_fixed(form: Any, record: Any, values: Values) -> None:
    """What a record keeps for ever has no field in its form, such as its company."""
    for name, value in values.items():
        stands = str(getattr(record, name, ""))
        if name not in form.fields and value not in _NOTHING and str(value).casefold() != stands.casefold():
            raise RowRefused(name, _("This stays “%(value)s”, as it was made.") % {"value": stands})


def _cell(field: Any) -> forms.Field | None:
    """What understands a cell for a field: itself, or a field that knows words; None: no cell can hold it."""
    if isinstance(field, forms.ModelChoiceField):
        find = _finder(field)
        kind = ManyNamedField if isinstance(field, forms.ModelMultipleChoiceField) else NamedField
        return kind(find, required=False) if find else None
    if isinstance(field, forms.BooleanField):
        return YesNoField(required=False)
    if _is_choice(field):
        return LabelledField(lambda: [choice for choice in field.choices if choice[0] != ""], required=False)
    is_text = not isinstance(field, forms.FileField | forms.MultipleChoiceField | forms.MultiValueField)
    return field if is_text and not isinstance(field.widget, forms.PasswordInput) else None


def _finder(field: Any) -> Callable[[str], QuerySet[Any]] | None:
    """Finds those of the field's records that a person calls so; None: they have no names."""
    known = {one.name for one in field.queryset.model._meta.concrete_fields}  # noqa: SLF001
    names = [name for name in _NAMES if name in known]
    if not names:
        return None
    return lambda text: field.queryset.filter(Q(*[(f"{name}__iexact", text) for name in names], _connector=Q.OR))
