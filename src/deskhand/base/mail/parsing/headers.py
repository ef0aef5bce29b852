"""The header block of a message or part, read field by field, so that one bad field costs only itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deskhand.base.mail.parsing.charsets import decode
from deskhand.base.mail.parsing.texts import one_line
from deskhand.base.mail.parsing.words import decode_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
#: No honest header block and no honest line of text in it is longer; the rest is left unread.
_LONGEST_BLOCK = 1_000_000
_LONGEST_TEXT = 20_000
_FOLD = (b" ", b"\t")
_TO_BLANK = bytes.maketrans(b"\r\n", b"  ")
#: Not a header: the "From " line of a mailbox file, of which the sender's address may be all that is known.
ENVELOPE_LINE = "\0envelope"


class Headers:
    """Fields in their order; names in lower case, values as bytes until somebody asks."""

    def __init__(self, fields: Iterable[tuple[str, bytes]] = ()) -> None:
        self._fields: dict[str, list[bytes]] = {}
        for name, value in fields:
            self._fields.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def raws(self, name: str) -> list[str]:
        """Every value of a field, unfolded, encoded words still encoded."""
        return [decode(value) for value in self._fields.get(name, ())]

    def raw(self, name: str) -> str:
        """The first value that says something, unfolded, encoded words still encoded."""
        return next((value for value in self.raws(name) if value.strip()), "")

    def text(self, name: str) -> str:
        """The first value that says something, decoded, fit to be shown on one line."""
        return one_line(decode_words(self.raw(name)[:_LONGEST_TEXT]))


def split_headers(raw: bytes, start: int, end: int) -> tuple[list[tuple[str, bytes]], int]:
    """Fields of the block at ``start`` and where the body begins.

    The block ends with an empty line, or where a line cannot be a field: then the body begins with that line. A line
    that was folded without its blank is joined to the field before it if another field follows.
    """
    if raw.startswith((b"\n", b"\r\n"), start):
        return [], raw.index(b"\n", start) + 1
    stop = _end_of_block(raw, start, end)
    lines = raw[start : min(stop, start + _LONGEST_BLOCK)].split(b"\n")
    fields: list[tuple[str, list[bytes]]] = []
    position = start
    for number, line in enumerate(lines):
        field = _FIELD.match(line)
        if field is not None and line[:1] not in _FOLD:
            fields.append((field[1].decode("ascii").lower(), [line[field.end() :]]))
        elif number == 0 and line.startswith((b"From ", b">From ")):
            fields.append((ENVELOPE_LINE, [line.partition(b"From ")[2]]))
        elif fields and (line[:1] in _FOLD or _FIELD.match(b"".join(lines[number + 1 : number + 2]))):
            fields[-1][1].append(line if line[:1] in _FOLD else b" " + line)
        elif line.strip():
            return _joined(fields), position
        position += len(line) + 1
    return _joined(fields), min(end, _after_empty_line(raw, stop, end))


def _end_of_block(raw: bytes, start: int, end: int) -> int:
    stop = raw.find(b"\n\r\n", start, end)
    bare = raw.find(b"\n\n", start, end if stop == -1 else stop)
    return bare if bare != -1 else stop if stop != -1 else end


def _after_empty_line(raw: bytes, stop: int, end: int) -> int:
    newline = raw.find(b"\n", stop + 1, end) if raw.startswith(b"\n", stop) else -1
    return newline + 1 if newline != -1 else stop if raw[stop : stop + 1] != b"\n" else end


def _joined(fields: list[tuple[str, list[bytes]]]) -> list[tuple[str, bytes]]:
    return [(name, b"".join(parts).translate(_TO_BLANK, b"\0").strip()) for name, parts in fields]
