"""The door of a list's export: what to take along and how, then the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from deskhand.kit.screens import sheets
from deskhand.kit.screens.access import door
from deskhand.kit.screens.declarations import Column
from deskhand.kit.screens.drawing import label_of
from deskhand.kit.screens.exporting import Rows, exportable, exported
from deskhand.kit.screens.selection import is_everything, meant_rows, ticked

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

#: The button that takes all columns along, ticked or not.
EVERY_COLUMN = "every_column"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(forms.Form):
    """Which columns, and in which kind of file."""

    format = forms.ChoiceField(
        label=_("File"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("Text (CSV)"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )

    def __init__(self, *args: Any, columns: Sequence[tuple[str, str]], shown: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["columns"]
        chosen.choices = columns
        chosen.initial = list(shown)
        chosen.required = EVERY_COLUMN not in self.data

    def chosen_columns(self) -> set[str]:
        """The keys of the columns."""
        columns: Any = self.fields["columns"]
        return (
            {key for key, _label in columns.choices} if EVERY_COLUMN in self.data else {*self.cleaned_data["columns"]}
        )


@door
def export(screen: ListScreen[Any], request: HttpRequest) -> HttpResponseBase:
    """A pop-up that asks for columns and kind of file; with ``format``, the file.

    The address says what the list shows; ticked records, if any, are posted. A file costs what
    :func:`~deskhand.kit.screens.exporting.exported` says, XLSX a count besides.
    """
    columns = exportable([*screen.columns_for(request), *screen.export_columns])
    if "format" not in request.POST:
        return _asking(screen, request, _form(screen, request, columns))
    form = _form(screen, request, columns, request.POST)
    if not form.is_valid():
        return _refused(screen, request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    chosen = [column for column in columns if column.key in form.chosen_columns()]
    rows, kind = meant_rows(screen, request), form.cleaned_data["format"]
    if kind == "xlsx" and rows.count() > sheets.MOST_ROWS:
        return _refused(screen, request, str(sheets.TooManyRows()))
    return file_of(screen, request, chosen, rows, kind=kind)


def _refused(screen: ListScreen[Any], request: HttpRequest, sentence: str) -> HttpResponse:
    """Back to the list, which says why; the pop-up is closed by now."""
    messages.error(request, sentence)
    query = request.GET.urlencode()
    return redirect(reverse(screen.list_url) + (f"?{query}" if query else ""))


def _form(screen: ListScreen[Any], request: HttpRequest, columns: Sequence[Column], data: Any = None) -> ExportForm:
    named = [(column.key, label_of(column, screen.model)) for column in columns]
    seen = screen.shown_columns(request, screen.state(request)) if data is None else ()
    shown = {column.key for column in seen}
    return ExportForm(data, columns=named, shown=[key for key, _label in named if key in shown])


def _asking(screen: ListScreen[Any], request: HttpRequest, form: ExportForm) -> HttpResponse:
    keys = [] if is_everything(request) else ticked(request)
    context = {
        "form": form,
        "title": screen.title_for(request),
        "keys": keys,
        "count": len(keys) or meant_rows(screen, request).count(),
    }
    return render(request, "screens/export.html", context)


def file_of(
    screen: ListScreen[Any], request: HttpRequest, columns: Sequence[Column], rows: QuerySet[Any], *, kind: str
) -> HttpResponseBase:
    """Rows of a list as a file: ``csv``, streamed, or ``xlsx``."""
    title = screen.title_for(request)
    headings = [label_of(column, screen.model) for column in columns]
    name = f"{slugify(title, allow_unicode=True) or 'export'}-{timezone.localdate():%Y-%m-%d}.{kind}"
    cells = _cells(screen, rows, columns)
    if kind == "xlsx":
        file = sheets.xlsx_file(title, headings, cells)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response = StreamingHttpResponse(sheets.csv_lines(headings, cells), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _cells(screen: ListScreen[Any], rows: QuerySet[Any], columns: Sequence[Column]) -> Rows:
    """In the person's language and time zone to the end: the file is sent when the request is over for all others."""
    language, zone = get_language() or "en", timezone.get_current_timezone()
    with translation.override(language), timezone.override(zone):
        yield from exported(screen.joined_for_export(rows), columns)
