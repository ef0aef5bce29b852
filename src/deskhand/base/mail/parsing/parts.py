"""The MIME tree of a message. Own code, because it must read what is broken and read it fast; see the decision record.

Parts are slices of the raw message: nothing is copied or decoded until it is asked for.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from deskhand.base.mail.parsing.headers import Headers, split_headers
from deskhand.base.mail.parsing.parameters import Valued, parse_parameters
from deskhand.base.mail.parsing.transfers import decode_transfer

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Deeper and more than this, nothing is split any more: the rest stays one part, and so one file.
_DEEPEST = 40
_MOST_PARTS = 2_000

#: A text without any of these (or a content or X- field) before it has no headers: it begins with a word and a colon.
_MESSAGE_FIELDS = frozenset({
    "from", "to", "cc", "bcc", "subject", "date", "received", "message-id", "mime-version", "return-path", "sender",
    "reply-to", "delivered-to", "in-reply-to", "references", "list-id", "auto-submitted", "precedence",
    "dkim-signature", "authentication-results", "arc-seal", "thread-topic", "thread-index", "user-agent",
    "importance", "priority", "errors-to", "status", "organization",
})  # fmt: skip

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_LOOKS_LIKE_BOUNDARY = re.compile(rb"(?m)^--([^\s].{0,200}?)[ \t]*\r?\n(?:[!-9;-~]+[ \t]*:|\r?\n)")


class Part:
    """A node of the tree: headers, and either children or content."""

    def __init__(self, headers: Headers, body: bytes, default_type: str = "text/plain") -> None:
        self.headers = headers
        self.body = body
        self.default_type = default_type
        self.children: list[Part] = []

    @cached_property
    def content_type(self) -> Valued:
        return parse_parameters(self.headers.raw("content-type"))

    @cached_property
    def disposition(self) -> Valued:
        return parse_parameters(self.headers.raw("content-disposition"))

    @cached_property
    def mime_type(self) -> str:
        """``type/subtype`` in lower case, never anything else."""
        declared = self.content_type.value
        if not declared:
            return self.default_type
        if found := _TYPE.match(declared):
            return found[0]
        return {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(
            declared.partition("/")[0], "application/octet-stream" if "content-type" in self.headers else "text/plain"
        )

    @cached_property
    def content(self) -> bytes:
        """The body, transfer encoding undone."""
        return decode_transfer(self.body, self.headers.raw("content-transfer-encoding"))

    @property
    def declared_name(self) -> str:
        """The file name as it was declared, anywhere; not yet safe."""
        return self.disposition.parameters.get("filename") or self.content_type.parameters.get("name") or ""

    @cached_property
    def content_id(self) -> str:
        return self.headers.text("content-id").strip("<> ")

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in the order of the mail."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse_parts(raw: bytes) -> Part:
    """The tree of a whole message, whose headers are those of the root."""
    return _Splitter().part(raw, 0, len(raw), depth=0)


class _Splitter:
    def __init__(self) -> None:
        self.count = 0

    def part(self, raw: bytes, start: int, end: int, *, depth: int, default_type: str = "text/plain") -> Part:
        self.count += 1
        fields, body = split_headers(raw, start, end)
        if fields and not any(_is_expected(name, depth) for name, _ in fields):
            fields, body = [], start  # no header block at all: the text happens to begin with a word and a colon
        part = Part(Headers(fields), raw[body:end], default_type)
        if part.mime_type.startswith("multipart/") and depth < _DEEPEST:
            self._split(part, depth)
            if not part.children:
                _demote(part)
        return part

    def _split(self, part: Part, depth: int) -> None:
        body = part.body
        slices = _slices(body, part.content_type.parameters.get("boundary", ""))
        if not slices and (decoded := part.content) != body:
            body = decoded  # forbidden, but seen: a multipart in base64
            slices = _slices(body, part.content_type.parameters.get("boundary", ""))
        default = "message/rfc822" if part.mime_type == "multipart/digest" else "text/plain"
        for start, end in slices:
            if self.count >= _MOST_PARTS:
                part.children.append(self.part(body, start, slices[-1][1], depth=_DEEPEST, default_type=default))
                break
            part.children.append(self.part(body, start, end, depth=depth + 1, default_type=default))


def _is_expected(name: str, depth: int) -> bool:
    return name.startswith(("content-", "x-", "\0")) or (depth == 0 and name in _MESSAGE_FIELDS)


def _slices(body: bytes, boundary: str) -> list[tuple[int, int]]:
    """Start and end of every part. A boundary that is missing or does not occur is looked for in the body."""
    marker = boundary.encode("utf-8", "replace").rstrip()
    slices = _between(body, b"--" + marker) if marker else []
    if not slices and (found := _LOOKS_LIKE_BOUNDARY.search(body, 0, 100_000)):
        slices = _between(body, b"--" + found[1])
    return slices


def _between(body: bytes, marker: bytes) -> list[tuple[int, int]]:
    slices: list[tuple[int, int]] = []
    begin = -1
    position = body.find(marker)
    while position != -1:
        after = position + len(marker)
        if position == 0 or body[position - 1 : position] == b"\n":
            newline = body.find(b"\n", after)
            line_end = len(body) if newline == -1 else newline
            rest = body[after : min(line_end, after + 80)].strip()
            if rest in {b"", b"--"}:
                if begin != -1:
                    slices.append((begin, _before_newline(body, begin, position)))
                begin = -1 if rest else min(line_end + 1, len(body))
        position = body.find(marker, after)
    if begin != -1 and (begin < len(body) or not slices):
        slices.append((begin, len(body)))  # the closing line is missing
    return slices


def _before_newline(body: bytes, begin: int, position: int) -> int:
    end = position - 1 if position > begin else position
    return end - 1 if end > begin and body[end - 1 : end] == b"\r" else max(end, begin)


def _demote(part: Part) -> None:
    """A multipart without parts is a text."""
    start = part.body[:200].lstrip().lower()
    part.mime_type = "text/html" if start.startswith((b"<html", b"<!doctype html", b"<div", b"<body")) else "text/plain"
