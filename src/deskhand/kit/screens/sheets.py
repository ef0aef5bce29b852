"""Tables as files: CSV that is sent while it is made, XLSX that is made in a file of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.exporting import Cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: What a spreadsheet program takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Stands in front of text that must stay text, as people write it by hand in a spreadsheet.
GUARD = "'"
#: What a sheet holds, besides its headings.
MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_767
_LINES_AT_ONCE = 500
_WIDTH, _FIRST_WIDTH = 20, 32


class TooManyRows(DomainError):
    code = "too_many_rows_for_a_sheet"
    message = _("A spreadsheet holds 1,048,575 rows, and there are more. Export them as CSV, or choose fewer.")
    status = 422
    field = "format"


def guarded(text: str) -> str:
    """Text that no spreadsheet program runs as a formula when it opens the file."""
    return f"{GUARD}{text}" if text.startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` was given: a file that was exported can be imported again."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(FORMULA_STARTS) else text


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file (RFC 4180, UTF-8, marked as such for Excel), some hundred lines at a time."""
    table = iter(rows)
    yield "\ufeff".encode() + _csv([headings])
    while lines := list(islice(table, _LINES_AT_ONCE)):
        yield _csv(lines)


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat(" ", "minutes") if isinstance(cell, datetime) else cell


def xlsx_file(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """A workbook with one sheet, ready to be read. One row at a time is in memory.

    Text is written as text: nothing in it becomes a formula or a link.
    """
    import xlsxwriter  # here: 8 MB that most processes never need

    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True})
        formats = {datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
                   date: book.add_format({"num_format": "yyyy-mm-dd"})}  # fmt: skip
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, max(1, len(headings) - 1), _WIDTH)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        for line, row in enumerate(rows, start=1):
            _write(sheet, line, row, formats)
    file.seek(0)
    return file


def _write(sheet: Worksheet, line: int, row: Sequence[Cell], formats: dict[type[date], Any]) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(line, place, cell[:_MOST_CHARACTERS])
        elif isinstance(cell, datetime | date):
            sheet.write_datetime(line, place, cell, formats[type(cell)])
        else:
            sheet.write_number(line, place, cell)


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those that a sheet's name cannot have."""
    return "".join(" " if char in "[]:*?/\\" else char for char in title).strip(" '")[:31] or "1"
