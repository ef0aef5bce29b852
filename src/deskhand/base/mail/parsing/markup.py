"""HTML as lines, and lines as HTML again: so that one search for quotes serves both, and nothing is cut mid-tag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3

from deskhand.base.mail.parsing.hints import HINTS
from deskhand.base.mail.parsing.pieces import PICTURE, PieceReader
from deskhand.kit.html import ATTRIBUTES, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Makes well-formed HTML of anything and keeps the attributes by which programs mark quotes. Its result is for reading
#: only: what is stored goes through ``clean_html``.
_WELL_FORMED = nh3.Cleaner(
    tags=TAGS,
    attributes={tag: names | HINTS for tag, names in ATTRIBUTES.items()},
    clean_content_tags={"script", "style", "title", "head", "template", "noscript"},
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    link_rel=None,
)


class Markup:
    """The lines of an HTML body, with the pieces they are made of."""

    def __init__(self, html: str) -> None:
        reader = PieceReader()
        reader.read(_WELL_FORMED.clean(html))
        self._pieces = reader.pieces
        self.lines = reader.finished()

    @property
    def text(self) -> str:
        """As a person would read it aloud: blocks are lines."""
        return spoken_text(self.lines.texts)

    def html(self, wanted: list[bool]) -> str:
        """The HTML of the wanted lines, well-formed; elements of which nothing is left are gone."""
        out: list[str] = []
        stack: list[_Open] = []
        wanted = [*wanted, bool(wanted and wanted[-1])]  # what comes after the last line goes with it
        for kind, name, raw, line in self._pieces:
            if kind == "<":
                stack.append(_Open(raw))
            elif kind == ">":
                _close(stack, out, name, is_wanted=wanted[line])
            elif wanted[line]:
                _write_open(stack, out)
                out.append(raw)
            elif stack:
                stack[-1].has_lost = True
        return "".join(out)


class _Open:
    """An element that is open while HTML is written; its tag is written only when something in it is."""

    __slots__ = ("has_lost", "is_written", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.is_written = False
        self.has_lost = False


def _close(stack: list[_Open], out: list[str], name: str, *, is_wanted: bool) -> None:
    if not stack:
        return
    element = stack.pop()
    if element.is_written:
        out.append(f"</{name}>")
    elif is_wanted and not element.has_lost and name in {"td", "th"}:  # an empty cell keeps its column
        _write_open(stack, out)
        out.append(f"{element.raw}</{name}>")
    elif stack:
        stack[-1].has_lost = True


def _write_open(stack: list[_Open], out: list[str]) -> None:
    unwritten = len(stack)
    while unwritten and not stack[unwritten - 1].is_written:
        unwritten -= 1
    for element in stack[unwritten:]:
        element.is_written = True
        out.append(element.raw)


def spoken_text(texts: Iterable[str]) -> str:
    """Lines as one text, no more than one blank line between them."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(texts).replace(PICTURE, "")).strip("\n")
