"""The door to a list's import: the file, or a template to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.screens.access import door, require
from deskhand.kit.screens.sheets import xlsx_file

if TYPE_CHECKING:
    from deskhand.kit.screens.imports.models import Import
    from deskhand.kit.screens.screen import ListScreen


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (XLSX) or CSV. The first row names the columns; up to 5,000 rows."),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in this file.")},
    )


@door
def upload(screen: ListScreen[Any], request: HttpRequest) -> HttpResponseBase:
    """Ask for a file, store it, and lead to the page of the import. ``?template``: a file with the right headings."""
    require(screen.may_import(request.user))
    if "template" in request.GET:
        return _template(screen, request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            return redirect("imports:import", _stored(screen, request, form.cleaned_data["file"]))
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    context = {
        "form": form,
        "app_key": screen.app_key,
        "list_title": screen.title_for(request),
        "list_address": reverse(screen.list_url),
    }
    return render(request, "screens/import_upload.html", context, status=422 if form.is_bound else 200)


def _stored(screen: ListScreen[Any], request: HttpRequest, file: Any) -> int:
    return write_import(screen, cast(Any, request.user), store_import(file)).pk


@dataclass(frozen=True)
class StoredImport:
    """A file that was stored and looked at."""

    name: str
    path: str
    sheet: str
    headings: Sequence[str]


def store_import(file: Any) -> StoredImport:
    """Store an upload. Outside a transaction: a file.

    :raises CannotBeRead: it is no table, or too large.
    """
    from deskhand.kit.screens.imports.reading import MOST_BYTES, CannotBeRead, sheets_of, table_of

    if file.size > MOST_BYTES:
        raise CannotBeRead(_("This file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1_000_000})
    path = default_storage.save(f"imports/{uuid4().hex}", file)
    try:
        with default_storage.open(path, "rb") as stored:
            sheets = sheets_of(stored, file.name)
            stored.seek(0)
            headings = table_of(stored, file.name).headings
    except DomainError:
        default_storage.delete(path)
        raise
    return StoredImport(PurePath(file.name).name[:255], path, sheets[0] if sheets else "", headings)


def write_import(screen: ListScreen[Any], user: Any, stored: StoredImport) -> Import:
    """Write down what shall become records. Nothing is done with it before somebody says go."""
    from deskhand.kit.screens.imports.guessing import guessed
    from deskhand.kit.screens.imports.models import Import

    assert screen.importer is not None  # noqa: S101  # the route is there for importers only
    at = now()
    return Import.objects.create(
        screen=screen.list_url,
        user=user,
        name=stored.name,
        path=stored.path,
        sheet=stored.sheet,
        mapping=guessed(stored.headings, screen.importer.fields(user)),
        created_at=at,
        due_at=at,
    )


def _template(screen: ListScreen[Any], request: HttpRequest) -> HttpResponseBase:
    assert screen.importer is not None  # noqa: S101  # the route is there for importers only
    fields = screen.importer.fields(request.user)
    examples = screen.importer.examples or {}
    row = [str(examples.get(name, "")) for name in fields]
    file = xlsx_file(
        screen.title_for(request), [str(field.label) for field in fields.values()], [row] if any(row) else []
    )
    return FileResponse(file, as_attachment=True, filename="template.xlsx")
