"""Imports in the API: a file is sent, its columns are named, tried, and become records. One's own only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.files import UploadedFile as SentFile
from pydantic import BaseModel, Field

from deskhand.kit.api.answering import record_answer
from deskhand.kit.api.callers import WRITE
from deskhand.kit.api.lists.named import ListName, list_named, name_of_list
from deskhand.kit.api.operations import Operation, add_operation, caller_of
from deskhand.kit.api.plain import PlainList
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.resources import Resource, Verb
from deskhand.kit.api.shapes import NO_NUL, Answer, Body, in_query, in_upload
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.screens import Column, ListScreen
from deskhand.kit.screens.import_door import StoredImport, store_import, write_import
from deskhand.kit.screens.importing import Importer
from deskhand.kit.screens.imports.guessing import guessed
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.imports.reading import MOST_COLUMNS, sheets_of, table_of
from deskhand.kit.screens.imports.tasks import take_up
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.work.models import WorkState

_MOST_LISTED = 100


class ImportBusy(DomainError):
    code = "import_busy"
    message = _("This import is being worked on. Wait until it is done.")


class _ImportList(PlainList[Import]):
    model = Import
    title = _("Imports")
    columns = (Column("created_at"),)
    search, order = ("name",), ("-created_at", "-pk")


class ProblemAnswer(BaseModel):
    """What is wrong with one cell, or with a whole row."""

    row: int = Field(description="As a spreadsheet counts.")
    column: str
    value: str
    detail: str


_Names = list[str]
_Problems = list[ProblemAnswer]


class ImportAnswer(Answer):
    id: int
    list: str
    name: str = Field(description="Of the file.")
    sheet: str
    mapping: _Names = Field(description="The field of each column of the file; empty: left out.")
    key: str = Field(description="By what records are recognised that are there already; empty: all are new.")
    is_busy: bool = Field(description="Somebody has said go, and it is not at its end.")
    is_trial: bool = Field(description="The last go was only to look whether it would work.")
    state: str
    done: int
    created: int
    updated: int
    problem_count: int = Field(description="With any of them nothing is written.")
    problems: _Problems = Field(description=f"The first {_MOST_LISTED}.")
    last_error: str
    created_at: datetime


_FieldName = Annotated[str, Field(pattern=r"^[a-z_]*$", max_length=60)]
_Mapping = Annotated[list[_FieldName], Field(max_length=MOST_COLUMNS)]


class ImportChanges(Body):
    """What shall change; what is left out stays as it is."""

    sheet: Annotated[str, Field(pattern=NO_NUL, max_length=100)] = Field(
        "", description="Its columns are guessed anew."
    )
    mapping: _Mapping = Field([], description="A field, or nothing, for each column.")
    key: Annotated[str, Field(pattern=r"^[a-z_]*$", max_length=60)] = ""


class _Asked(BaseModel):
    list: ListName = Field(description="The list whose records they become, such as `contacts`.")


class Imports(Resource[Import]):
    key, title, one, screen = "imports", _("Imports"), _("Import"), _ImportList()
    answer, changes = ImportAnswer, ImportChanges

    def rows(self, user: Any) -> QuerySet[Import]:
        return Import.objects.visible_to(user)

    def may_change(self, user: Any, record: Import) -> bool:
        screen = screen_of(record.screen)
        return screen is not None and screen.may_open(user) and screen.may_import(user)

    def shown(self, record: Import, user: Any) -> Mapping[str, Any]:
        del user
        own = {"list", "problems", "is_busy"}
        plain = {name: getattr(record, name) for name in ImportAnswer.model_fields if name not in own}
        names = ("row", "column", "value", "detail")
        problems = [dict(zip(names, found, strict=True)) for found in record.problems[:_MOST_LISTED]]
        return plain | {"list": name_of_list(record.screen), "problems": problems, "is_busy": record.is_wanted}

    def change(self, user: Any, record: Import, body: Any) -> None:
        work, importer = _editable(record), _importer(record)
        fields, sent = importer.fields(user), body.model_fields_set
        if "key" in sent:
            if body.key and body.key not in importer.keys:
                raise invalid("key", __("Use one of: %(known)s.") % {"known": ", ".join(importer.keys)})
            work.key = body.key
        if "sheet" in sent and body.sheet != work.sheet:
            work.sheet, work.mapping = body.sheet, _guessed(work, body.sheet, fields)
        if "mapping" in sent:
            work.mapping = _mapping(body.mapping, fields, len(work.mapping))
        work.done, work.problems, work.problem_count, work.state, work.last_error = 0, [], 0, WorkState.WAITING, ""
        work.save()

    def router(self) -> Router:
        router = super().router()
        add_operation(router, Operation(
            method="POST", path="", name=f"{self.key}-create", summary=_("Send a file"), scope=self.scope(WRITE),
            answer=ImportAnswer, status=201, before=self._stored,
            takes={"asked": in_query(_Asked), "file": in_upload(SentFile)}, query=_Asked.model_fields,
        ), self._add)  # fmt: skip
        return router

    def _stored(self, request: HttpRequest, asked: _Asked, file: Any) -> StoredImport:
        """Store the file ahead of the transaction, for those who may."""
        del file
        _importable(asked.list, caller_of(request).user)
        return store_import(request.FILES["file"])

    def _add(self, request: HttpRequest, asked: _Asked, file: Any, prepared: StoredImport) -> HttpResponse:
        """Send a table (CSV or XLSX, `multipart/form-data`). Its columns are guessed; nothing is done with it yet."""
        del file
        user = caller_of(request).user
        made = write_import(_importable(asked.list, user), user, prepared)
        headers = {"Location": f"{request.path.rstrip('/')}/{made.pk}"}
        return record_answer(request, self.shown(made, user), status=201, headers=headers)


IMPORTS_API = Imports()


def _importable(name: str, user: Any) -> ListScreen[Any]:
    screen = list_named(name, user)
    if screen.importer is None:
        raise invalid("list", __("Nothing can be imported here."), code="no_import")
    if not screen.may_import(user):
        raise PermissionDenied
    return screen


def _importer(work: Import) -> Importer:
    screen = screen_of(work.screen)
    assert screen is not None  # noqa: S101  # may_change has seen to it
    assert screen.importer is not None  # noqa: S101
    return screen.importer


def _editable(record: Import) -> Import:
    """:raises ImportBusy: it is being worked on."""
    work = Import.objects.select_for_update().get(pk=record.pk)
    if work.is_wanted:
        raise ImportBusy
    return work


def _guessed(work: Import, sheet: str, fields: Mapping[str, Any]) -> list[str]:
    with default_storage.open(work.path, "rb") as file:
        if sheet not in sheets_of(file, work.name):
            raise invalid("sheet", __("The file has no such sheet."))
        file.seek(0)
        return guessed(table_of(file, work.name, sheet).headings, fields)


def _mapping(names: list[str], fields: Mapping[str, Any], count: int) -> list[str]:
    if len(names) != count:
        raise invalid("mapping", __("The file has %(count)s columns.") % {"count": count})
    for place, name in enumerate(names):
        if name and name not in fields:
            raise invalid(f"mapping.{place}", __("Use one of: %(known)s.") % {"known": ", ".join(fields)})
        if name and name in names[:place]:
            raise invalid(f"mapping.{place}", __("Two columns cannot be one field."))
    return names


def _begin(record: Import, *, is_trial: bool) -> Import:
    work = _editable(record)
    work.is_wanted, work.is_trial, work.due_at, work.state = True, is_trial, now(), WorkState.WAITING
    work.save()
    transaction.on_commit(lambda: take_up(work.pk))
    return work


def _check(record: Import, user: Any) -> Import:
    """Look whether it would work. Nothing is written; ask again until it is not busy any more."""
    del user
    return _begin(record, is_trial=True)


def _start(record: Import, user: Any) -> Import:
    """Write all rows, or, with any problem, none. Ask again until it is not busy any more."""
    del user
    return _begin(record, is_trial=False)


IMPORTS_API.verb(Verb("PUT", "trial", "try", _("Try it"), _check))
IMPORTS_API.verb(Verb("PUT", "start", "start", _("Import it"), _start))
