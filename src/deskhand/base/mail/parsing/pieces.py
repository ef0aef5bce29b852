"""Well-formed HTML as pieces that know their line, and the lines with what the program that wrote them says of them."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from deskhand.base.mail.parsing.hints import Effect, attributes_of, hint_of
from deskhand.base.mail.parsing.lines import Lines, Mark

#: Stands for a picture in a line, so that a line with nothing but a picture is not empty.
PICTURE = "\ufffc"
_LONGEST_SMILEY = 12
_LONGEST_INTRODUCTION = 8
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?:[^">]|"[^"]*")*)>|[^<]+')
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_PIXEL = re.compile(r'\b(?:width|height)="[01](?:px)?"')
_NO_MARGIN = re.compile(r"Mso(?:Normal|PlainText|ListParagraph)|margin(?:-top)?:\s*0", re.IGNORECASE)
_SPACED = frozenset({"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"})
_BLOCKS = _SPACED | {
    "caption", "dd", "div", "dt", "figcaption", "figure", "hr", "li", "tbody", "tfoot", "thead", "tr",
}  # fmt: skip
_SPACED_AFTER = _SPACED - {"p"}  # what follows a paragraph is one, or begins right after it as in Outlook
_VOID = frozenset({"br", "hr", "img", "col"})


class Piece(NamedTuple):
    """A token of the HTML. ``kind``: ``<`` start, ``>`` end, ``/`` void, ``"`` text. ``line``: where it belongs."""

    kind: str
    name: str
    raw: str
    line: int


class PieceReader:
    """Walks over well-formed HTML once and notes for every line what the program that wrote it says about it."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._parts: list[list[str]] = []
        self._quoted: list[bool] = []
        self._indented: list[bool] = []
        self._marks: dict[int, Mark] = {}
        self._verbatim: set[int] = set()
        self._stack: list[tuple[str, Effect]] = []
        self._quotes = self._indents = self._attributions = self._signatures = 0
        self._containers: list[int | None] = []
        self._is_broken = True
        self._has_gap = False
        self._pre = 0
        self._prefix = ""
        self._coming: Mark | None = None

    def finished(self) -> Lines:
        """The lines, after everything is read."""
        texts = [
            "".join(parts) if number in self._verbatim else _flattened("".join(parts))
            for number, parts in enumerate(self._parts)
        ]
        return Lines(texts, self._quoted, self._indented, self._marks)

    def read(self, html: str) -> None:
        for found in _TOKEN.finditer(html):
            name = found[2]
            if name is None:
                self._text(found[0])
            elif found[1]:
                self._end(name)
            elif name in _VOID:
                self._void(name, found[3], found[0])
            else:
                self._start(name, found[3], found[0])

    def _text(self, raw: str) -> None:
        if self._pre:
            for number, part in enumerate(raw.split("\n")):
                if number:
                    self._line_feed("\n")
                if part:
                    self._content('"', "", part, unescape(part))
                    self._verbatim.add(len(self._parts) - 1)
        elif not raw.isspace():
            self._content('"', "", raw, unescape(raw) if "&" in raw else raw)
        elif not self._is_broken:
            self._content('"', "", raw, " ")

    def _void(self, name: str, attributes: str, raw: str) -> None:
        if name == "br":
            self._line_feed(raw)
        elif name == "hr":
            self._break()
            self._note(hint_of(name, attributes))
            self._content("/", name, raw, "-----")
            self._break()
        elif name == "img":
            self._content("/", name, raw, _spoken(attributes))
        else:
            self.pieces.append(Piece("/", name, raw, self._line()))

    def _start(self, name: str, attributes: str, raw: str) -> None:
        if name in _BLOCKS:
            self._break()
            self._has_gap = self._has_gap or (name in _SPACED and not (attributes and _NO_MARGIN.search(attributes)))
        elif name in {"td", "th"} and not self._is_broken:
            self._parts[-1].append(" ")
        effect = self._note(hint_of(name, attributes))
        if name == "li":
            self._prefix = "- "
        self._pre += name == "pre"
        self._stack.append((name, effect))
        if effect is not Effect.NONE:
            self._enter(effect)
        self.pieces.append(Piece("<", name, raw, self._line()))

    def _end(self, name: str) -> None:
        if not self._stack:
            return
        opened, effect = self._stack.pop()
        self._pre -= opened == "pre"
        if effect is not Effect.NONE:
            self._leave(effect)
        self.pieces.append(Piece(">", name, "", self._line()))
        if name in _BLOCKS:
            self._break()
            self._has_gap = self._has_gap or name in _SPACED_AFTER

    def _enter(self, effect: Effect) -> None:
        self._count(effect, 1)
        if effect is Effect.CONTAINER:
            self._containers.append(len(self._parts))
        elif effect is Effect.QUOTE and self._containers and self._containers[-1] is not None:
            self._introduce(self._containers[-1])
            self._containers[-1] = None

    def _leave(self, effect: Effect) -> None:
        self._count(effect, -1)
        begin = self._containers.pop() if effect is Effect.CONTAINER else None
        if begin is not None:  # there was no quote in it: it is all quote
            self._quoted[begin:] = [True] * (len(self._quoted) - begin)

    def _count(self, effect: Effect, step: int) -> None:
        self._quotes += step * (effect is Effect.QUOTE)
        self._indents += step * (effect is Effect.INDENT)
        self._attributions += step * (effect is Effect.ATTRIBUTION)
        self._signatures += step * (effect is Effect.SIGNATURE)

    def _note(self, effect: Effect | Mark) -> Effect:
        """What is marked from here on begins with a new line."""
        if isinstance(effect, Mark):
            self._break()
            self._coming = self._coming or effect
            return Effect.NONE
        if effect is not Effect.NONE:
            self._break()
        return effect

    def _introduce(self, begin: int) -> None:
        """What stands in the container before its first quote introduces it, in whatever language."""
        lines = [number for number in range(begin, len(self._parts)) if "".join(self._parts[number]).strip()]
        if len(lines) <= _LONGEST_INTRODUCTION:
            for number in lines:
                self._marks.setdefault(number, Mark.ATTRIBUTION)

    def _content(self, kind: str, name: str, raw: str, spoken: str) -> None:
        if self._is_broken:
            self._open_line()
        self._parts[-1].append(self._prefix + spoken if self._prefix else spoken)
        self._prefix = ""
        self.pieces.append(Piece(kind, name, raw, len(self._parts) - 1))

    def _line_feed(self, raw: str) -> None:
        if self._is_broken:
            self._has_gap = False
            self._append_line()
        self.pieces.append(Piece("/", "br", raw, len(self._parts) - 1))
        self._is_broken = True

    def _open_line(self) -> None:
        if self._has_gap and self._parts:
            self._append_line()
        self._has_gap = False
        number = self._append_line()
        if self._coming is not None:
            self._marks[number] = self._coming
            self._coming = None
        elif self._signatures:
            self._marks[number] = Mark.SIGNATURE
        elif self._attributions:
            self._marks[number] = Mark.ATTRIBUTION
        self._is_broken = False

    def _append_line(self) -> int:
        self._parts.append([])
        self._quoted.append(self._quotes > 0)
        self._indented.append(self._indents > 0)
        return len(self._parts) - 1

    def _break(self) -> None:
        self._is_broken = True

    def _line(self) -> int:
        return len(self._parts) - (not self._is_broken)


def _spoken(attributes: str) -> str:
    """A picture is something, though not a word; a smiley is the sign it stands for; a tracking pixel is nothing."""
    alt = unescape(attributes_of(attributes).get("alt", ""))
    if alt and len(alt) <= _LONGEST_SMILEY and not alt.isascii():
        return alt
    return "" if _PIXEL.search(attributes) else PICTURE


def _flattened(text: str) -> str:
    flat = _SPACES.sub(" ", text)
    return "-- " if flat.strip() == "--" and flat.endswith(" ") else flat.strip()
