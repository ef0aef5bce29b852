"""RFC 2047: ``=?utf-8?q?encoded_words?=`` in headers, as written by programs that did not read it."""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

from deskhand.base.mail.parsing.charsets import decode
from deskhand.base.mail.parsing.transfers import decode_base64

_START = re.compile(r"=\?([^?\s]{0,60})\?([bq])\?", re.IGNORECASE)
_ESCAPED_TEXT = re.compile(r"=[0-9a-fA-F]{2}")
_ESCAPED = re.compile(rb"=([0-9a-fA-F]{2})")


class _Word(NamedTuple):
    start: int
    end: int
    charset: str
    encoding: str
    payload: str


def decode_words(value: str) -> str:
    """``value`` with its encoded words decoded, wherever they stand; everything else is left as it is.

    Neighbours of one charset are joined before they are decoded, because senders split between the bytes of a
    character. A word whose end is missing reaches to the next word or to the end.
    """
    if "=?" not in value:
        return value
    out: list[str] = []
    neighbours: list[_Word] = []
    position = 0
    for word in _words(value):
        between = value[position : word.start]
        if neighbours and (between.strip() or neighbours[0].charset != word.charset):
            out.append(_joined(neighbours))
            out.append(between if between.strip() else "")
            neighbours = []
        elif not neighbours:
            out.append(between)
        neighbours.append(word)
        position = word.end
    out.append(_joined(neighbours))
    out.append(value[position:])
    return "".join(out)


def _joined(words: list[_Word]) -> str:
    """The text of neighbours of one charset. Base64 may be split within a group of four as well."""
    data = b""
    open_base64 = ""
    for word in words:
        if word.encoding == "b":
            open_base64 += word.payload.rstrip("?")
            if len(open_base64) % 4 and not open_base64.endswith("="):
                continue
        data += decode_base64(open_base64.encode("utf-8", "replace"))
        open_base64 = ""
        if word.encoding == "q":
            quoted = word.payload.encode("utf-8", "replace").replace(b"_", b" ")
            data += _ESCAPED.sub(lambda escape: binascii.unhexlify(escape[1]), quoted)
    data += decode_base64(open_base64.encode("utf-8", "replace"))
    return decode(data, words[0].charset) if words else ""


def _words(value: str) -> list[_Word]:
    found = []
    start = _START.search(value)
    while start is not None:
        following = _START.search(value, start.end())
        limit = following.start() if following else len(value)
        payload, end = _extent(value, start.end(), limit, start[2])
        if payload.endswith("?") and following is not None and end == limit:
            payload = payload[:-1]  # "?=?": the sign of equality was written once for two words
        charset = start[1].partition("*")[0].lower()
        found.append(_Word(start.start(), end, charset, start[2].lower(), payload))
        start = following
    return found


def _extent(value: str, begin: int, limit: int, encoding: str) -> tuple[str, int]:
    """The payload of the word that begins at ``begin``, and where what comes after the word begins."""
    close = value.find("?=", begin, limit)
    while encoding in "qQ" and close != -1 and _ESCAPED_TEXT.match(value, close + 1, limit):
        later = value.find("?=", close + 2, limit)  # a question mark that was not escaped, before an escape
        if later == -1 or " " in value[close:later]:
            break
        close = later
    if close != -1:
        return value[begin:close], close + 2
    payload = value[begin:limit]
    if limit == len(value) and encoding in "bB":
        payload = payload.partition(" ")[0]
    return payload, begin + len(payload)
