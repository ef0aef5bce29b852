"""A list as a file, as on its page: CSV or XLSX, with the columns that one names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field, create_model

from deskhand.kit.api.asking import choosing, list_of, name_of, names_of, one_of, state_asked
from deskhand.kit.api.callers import READ
from deskhand.kit.api.operations import Operation, add_operation, caller_of
from deskhand.kit.api.shapes import in_query
from deskhand.kit.screens import Column
from deskhand.kit.screens.export import XLSX, file_of
from deskhand.kit.screens.exporting import exportable
from deskhand.kit.screens.sheets import MOST_ROWS, TooManyRows

if TYPE_CHECKING:
    from deskhand.kit.api.resources import Resource

_MEDIA = ("text/csv", XLSX)
_BYTES = {"schema": {"type": "string", "format": "binary"}}


def add_export(router: Router, resource: Resource[Any]) -> None:
    """``GET tickets/export?format=xlsx&filter=open``."""
    screen = resource.screen

    def export(request: HttpRequest, asked: Any) -> Any:
        """The rows of the page as a file, streamed; for those who may open the page."""
        user = caller_of(request).user
        resource.require_reading(user)
        if not screen.may_open(user):
            raise PermissionDenied
        columns = exportable([*screen.columns_for(request), *screen.export_columns])
        wanted = set(asked.col) or {column.key for column in columns}
        rows = screen.chosen_rows(request, state_asked(screen, asked))
        if asked.format == "xlsx" and rows.count() > MOST_ROWS:
            raise TooManyRows
        return file_of(screen, request, [one for one in columns if one.key in wanted], rows, kind=asked.format)

    query = _query(resource, exportable([*screen.columns, *screen.export_columns]))
    add_operation(router, Operation(
        method="GET", path="/export", name=f"{resource.key}-export", summary=_("Export as a file"),
        scope=resource.scope(READ), answer=None, takes={"asked": in_query(query)}, query=names_of(query),
        content=dict.fromkeys(_MEDIA, _BYTES),
    ), export)  # fmt: skip


def _query(resource: Resource[Any], columns: Sequence[Column]) -> type[BaseModel]:
    keys = [column.key for column in columns]
    about = _("Which columns; none: all of them.")
    fields: dict[str, Any] = {
        "format": (Literal["csv", "xlsx"], Field("csv")),
        "col": (list_of(one_of(keys)), Field([], max_length=100, description=about)),
        **choosing(resource.screen),
    }
    return create_model(f"{name_of(resource.key)}ExportQuery", __config__=ConfigDict(extra="ignore"), **fields)
