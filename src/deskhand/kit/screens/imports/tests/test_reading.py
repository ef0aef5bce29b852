from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from deskhand.kit.screens.imports import reading
from deskhand.kit.screens.imports.reading import table_of


def spreadsheet(*rows: list[str], last_row_is: int | None = None) -> io.BytesIO:
    """``last_row_is``: the number that the file gives its last row."""
    made, plain = io.BytesIO(), Workbook()
    for row in rows:
        plain.active.append(row)
    plain.save(made)
    if last_row_is is None:
        return made
    told, real = io.BytesIO(), str(len(rows)).encode()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(told, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            if part.filename.endswith("sheet1.xml"):
                claimed = str(last_row_is).encode()
                data = data.replace(b'<row r="%b"' % real, b'<row r="%b"' % claimed)
                data = data.replace(b'A%b"' % real, b'A%b"' % claimed)
            after.writestr(part, data)
    return told


def test_empty_rows_are_left_out_and_rows_keep_the_numbers_of_the_spreadsheet() -> None:
    table = table_of(spreadsheet(["Name"], ["Ines"], ["Kim"], last_row_is=9), "people.xlsx")

    assert (table.headings, list(table.rows)) == (["Name"], [(2, ["Ines"]), (9, ["Kim"])])


def test_a_row_that_no_spreadsheet_has_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LAST_ROW", 1_000)

    table = table_of(spreadsheet(["Name"], ["Ines"], ["Kim"], last_row_is=2_000_000), "people.xlsx")

    assert list(table.rows) == [(2, ["Ines"])]
