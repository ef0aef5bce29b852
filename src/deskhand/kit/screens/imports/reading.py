"""Files as tables of text: CSV of any usual encoding and delimiter, and XLSX. Nothing in them is computed."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.sheets import unguarded

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20_000_000, 5_000, 100
#: What a packed spreadsheet may be unpacked.
_MOST_UNPACKED = 200_000_000
#: Of any spreadsheet. A file may claim that its next row is the trillionth, with empty ones before it.
_LAST_ROW = 1_048_576
_DELIMITERS = ",;\t|"
_SAMPLE = 64_000
_LONGEST_CELL = 100_000


class CannotBeRead(DomainError):
    code = "import_cannot_be_read"
    status = 422
    field = "file"


@dataclass(frozen=True)
class Table:
    """The headings, and the rows below them: number as a spreadsheet counts, and cells as many as headings."""

    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]


def is_spreadsheet(name: str) -> bool:
    return name.lower().endswith((".xlsx", ".xlsm"))


def sheets_of(file: IO[bytes], name: str) -> list[str]:
    """The names of the sheets; none for a text file.

    :raises CannotBeRead: it is no spreadsheet, or a very large one.
    """
    return list(_book(file).sheetnames) if is_spreadsheet(name) else []


def table_of(file: IO[bytes], name: str, sheet: str = "") -> Table:
    """The first row that is not empty holds the headings. Empty rows are left out.

    :raises CannotBeRead: it is not what its name says, has no headings, or is too large. Also while rows are read.
    """
    lines = _sheet_lines(file, sheet) if is_spreadsheet(name) else _text_lines(file)
    numbered = ((number, cells) for number, cells in enumerate(lines, start=1) if any(cells))
    _first, headings = next(numbered, (0, []))
    if not headings:
        raise CannotBeRead(_("There is nothing in this file. Its first row must name the columns."))
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise CannotBeRead(_("This file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    return Table(headings, _rows(numbered, len(headings)))


def _rows(lines: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    for count, (number, cells) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise CannotBeRead(
                _("This file has more than %(most)s rows. Divide it, and import one part after the other.")
                % {"most": MOST_ROWS}
            )
        yield number, [*cells, *[""] * width][:width]


# ---- text -----------------------------------------------------------------------------------------------------------


def _text_lines(file: IO[bytes]) -> Iterator[list[str]]:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CannotBeRead(_("This file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1_000_000})
    text = decoded(data)
    if "\0" in text:
        raise CannotBeRead(_("This is neither a text file (CSV) nor an Excel file (XLSX)."))
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
            yield [unguarded(cell.strip()) for cell in line]
    except csv.Error as error:
        raise CannotBeRead(_("This file cannot be read as CSV: a quotation mark may be missing.")) from error


def decoded(data: bytes) -> str:
    """By its mark, else UTF-8, else what western Windows writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """What divides the cells: of the usual ones the one that is found most often in the first line."""
    head = next(iter(text[:_SAMPLE].lstrip().splitlines()), "")
    unquoted = "".join(part for place, part in enumerate(head.split('"')) if place % 2 == 0)
    return max(_DELIMITERS, key=unquoted.count)


# ---- spreadsheets ---------------------------------------------------------------------------------------------------


def _book(file: IO[bytes]) -> Any:
    # Here: 4 MB that most processes never need.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise CannotBeRead(_("This spreadsheet is too large."))
        file.seek(0)
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise CannotBeRead(_("This is not an Excel file (XLSX), or it is damaged.")) from error


def _sheet_lines(file: IO[bytes], name: str) -> Iterator[list[str]]:
    book = _book(file)
    sheet = book[name] if name in book.sheetnames else book.worksheets[0]
    try:
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1, max_row=_LAST_ROW):
            yield [_as_text(cell) for cell in row]
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise CannotBeRead(_("This is not an Excel file (XLSX), or it is damaged.")) from error


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell).strip()[:_LONGEST_CELL]


def sample(table: Table, count: int) -> list[list[str]]:
    """The first rows, to look at."""
    return [cells for _number, cells in islice(table.rows, count)]
