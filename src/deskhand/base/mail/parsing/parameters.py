"""``type/subtype; name=value`` headers, with RFC 2231 and everything that programs write instead of it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from deskhand.base.mail.parsing.charsets import decode
from deskhand.base.mail.parsing.texts import one_line
from deskhand.base.mail.parsing.words import decode_words

_NAME = re.compile(r"([^\s=;]+)\s*=\s*")
_BETWEEN = re.compile(r"[;\s]*")
_EXTENDED = re.compile(r"(.+?)(?:\*(\d{1,4}))?(\*)?\Z")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r'\\(["\\])')
_MOST_PARAMETERS = 500
_LONGEST_HEADER = 100_000


class Valued(NamedTuple):
    """A header's main value in lower case, and its parameters, names in lower case."""

    value: str
    parameters: dict[str, str]


def parse_parameters(header: str) -> Valued:
    """Split a Content-Type or Content-Disposition. ``name*`` wins over ``name``, the first of equals wins."""
    header = header[:_LONGEST_HEADER]
    if "(" in header:
        header = _without_comments(header)
    value, _, rest = header.partition(";")
    if "=" in value and "/" not in value.partition("=")[0]:
        value, rest = "", header  # the value was forgotten
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, text in _pairs(rest):
        found = _EXTENDED.match(name)
        if found is None or (found[2] is None and found[3] is None):
            plain.setdefault(name, one_line(decode_words(text)))
        else:
            pieces.setdefault(found[1], {}).setdefault(int(found[2] or 0), (text, found[3] is not None))
    extended = {name: one_line(_assembled(parts)) for name, parts in pieces.items()}
    return Valued(value.strip().strip("\"'").lower(), plain | {name: text for name, text in extended.items() if text})


def _pairs(rest: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    position = _skipped(rest, 0)
    while position < len(rest) and len(pairs) < _MOST_PARAMETERS:
        named = _NAME.match(rest, position)
        begin = named.end() if named else position + 1
        quoted = _QUOTED.match(rest, begin) if named else None
        stop = rest.find(";", quoted.end() if quoted else begin)
        position = len(rest) if stop == -1 else stop
        if named is not None:
            is_whole = quoted is not None and not rest[quoted.end() : position].strip()
            text = _unescaped(quoted[1]) if quoted and is_whole else _bare(rest[begin:position])
            pairs.append((named[1].lower(), text))
        position = _skipped(rest, position)
    return pairs


def _bare(text: str) -> str:
    """A value without quotes, or with the wrong ones."""
    text = text.strip().strip('"')
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "'" else text


def _skipped(rest: str, position: int) -> int:
    between = _BETWEEN.match(rest, position)
    return between.end() if between else position


def _unescaped(text: str) -> str:
    """Backslashes are escapes only if they escape what needs it; otherwise they are a path of Windows."""
    return _ESCAPE.sub(r"\1", text) if _ESCAPE.search(text) else text


def _assembled(parts: dict[int, tuple[str, bool]]) -> str:
    """The continuations in order; bytes are joined before they are decoded."""
    charset = ""
    data = b""
    for number, (text, is_encoded) in sorted(parts.items()):
        if is_encoded and text.count("'") >= 2 and not charset and number == min(parts):
            charset, _, encoded = text.split("'", 2)
            data += unquote_to_bytes(encoded)
        else:
            data += unquote_to_bytes(text) if is_encoded else text.encode()
    return decode_words(decode(data, charset))


def _without_comments(header: str) -> str:
    """``text/plain (what else)``; parentheses in quotes are no comments, one that is never closed neither."""
    out: list[str] = []
    depth = 0
    quoted = False
    for char in header:
        if char == '"' and not depth:
            quoted = not quoted
        if not quoted and char == "(":
            depth += 1
        if not depth:
            out.append(char)
        if not quoted and char == ")" and depth:
            depth -= 1
    return header if depth else "".join(out)
