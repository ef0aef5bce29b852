"""Paragraphs of plain text: ``format=flowed`` (RFC 3676), and files written into the text (uuencode)."""

from __future__ import annotations

import re

from deskhand.base.mail.parsing.transfers import decode_uu

#: Nobody writes more lines by hand; the rest is left as it is.
_MOST_LINES = 50_000
_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,255})\n", re.MULTILINE)


def unflow(text: str, *, delete_space: bool) -> str:
    """Lines that were broken for transport only are joined again; quoted ones keep one mark per level."""
    paragraphs: list[tuple[int, list[str]]] = []
    is_open = False
    for line in text.split("\n", _MOST_LINES):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content in {"-- ", "--"}
        if is_open and depth == paragraphs[-1][0] and not is_signature:
            paragraphs[-1][1].append(content)
        else:
            paragraphs.append((depth, [content]))
        is_open = content.endswith(" ") and not is_signature
        if is_open and delete_space:
            paragraphs[-1][1][-1] = content[:-1]
    return "\n".join(">" * depth + " " * bool(depth) + "".join(pieces) for depth, pieces in paragraphs)


def split_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without the files that old programs write into it, and these: name and data."""
    if "begin " not in text:
        return text, []
    files: list[tuple[str, bytes]] = []
    rest: list[str] = []
    position = 0
    while (begin := _UU_BEGIN.search(text, position)) is not None:
        end = text.find("\nend", begin.end() - 1)
        data = decode_uu(text[begin.end() : end].encode("ascii", "ignore")) if end != -1 else b""
        if not data:
            break
        files.append((begin[1].strip(), data))
        rest.append(text[position : begin.start()])
        position = end + len("\nend")
    rest.append(text[position:])
    return "".join(rest), files
