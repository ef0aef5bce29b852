"""Text fit to be stored and shown: no NUL, no control characters, no halves of characters, lines end in one way."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffc\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BLANKS = re.compile(r"\s+")


def tidy(text: str) -> str:
    """A body: lines end with ``\\n``, characters that mean nothing are gone, the rest is as the person wrote it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\x0c", "\n")
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """A header: one line, single blanks, nothing invisible that could make it look like another."""
    return _BLANKS.sub(" ", _INVISIBLE.sub(_blank_for_control, text)).strip()


def _blank_for_control(found: re.Match[str]) -> str:
    return " " if found[0] in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85" else ""
