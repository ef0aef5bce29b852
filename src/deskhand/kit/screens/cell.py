"""The door of one cell: its control, and what was typed into it, saved by the service that the record's page calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.screens.access import door, require
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.declarations import Column
from deskhand.kit.screens.drawing import label_of
from deskhand.kit.screens.listing import ListPage

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

#: The one field of a cell's form.
_FIELD = "value"


@door
def cell(screen: ListScreen[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """The control of ``?column=`` of a record; posted: its row as it is now, or 422 with the control and a sentence.

    404 for a record one does not see and a column that is not edited in place, 403 if one may not change the record.
    """
    column = _editable(screen, request)
    record = _record(screen, request, pk)
    require(screen.may_edit_cells(request.user, record))
    if request.method != "POST":
        return _control(request, _form(screen, request, record, column))
    form = _form(screen, request, record, column, request.POST)
    if form.is_valid():
        try:
            _save(request, record, column, form.cleaned_data[_FIELD])
        except DomainError as refusal:
            form.add_error(_FIELD, str(refusal))
        else:
            return _row(screen, request, pk)
    return _control(request, form, status=422)


def _editable(screen: ListScreen[Any], request: HttpRequest) -> Column:
    key = request.GET.get("column", "")
    found = next((column for column in screen.columns_for(request) if column.key == key and column.edit), None)
    if found is None:
        raise Http404
    return found


def _record(screen: ListScreen[Any], request: HttpRequest, pk: int) -> Any:
    rows = screen.rows(request)
    rows = rows.select_related(*screen.joins) if screen.joins else rows
    return get_object_or_404(rows.prefetch_related(*screen.prefetches), pk=pk)


def _form(screen: ListScreen[Any], request: HttpRequest, record: Any, column: Column, data: Any = None) -> forms.Form:
    assert column.edit is not None  # noqa: S101  # _editable has seen to it
    form = forms.Form(data, auto_id=f"cell-{record.pk}-%s", initial={_FIELD: column.edit.value(record)})
    field = column.edit.field(request, record)
    field.label = _("%(column)s of %(name)s") % {"column": label_of(column, screen.model), "name": record}
    field.help_text = ""
    form.fields[_FIELD] = field
    return form


def _save(request: HttpRequest, record: Any, column: Column, value: Any) -> None:
    assert column.edit is not None  # noqa: S101  # _editable has seen to it
    column.edit.save(record, value, Doing(request, now(), {}))


def _control(request: HttpRequest, form: forms.Form, *, status: int = 200) -> HttpResponse:
    return render(request, "screens/cell.html", {"field": form[_FIELD]}, status=status)


def _row(screen: ListScreen[Any], request: HttpRequest, pk: int) -> HttpResponse:
    state = screen.state(request)
    row = ListPage(screen, request, state, screen.shown_columns(request, state)).row(_record(screen, request, pk))
    return HttpResponse(f"{row.box}{row.html}")
