"""Words to look for, and where they stand in a text."""

from __future__ import annotations

import re
from html import escape, unescape

from django.utils.safestring import SafeString

#: More words narrow nothing; longer ones are none.
_MOST, _LONGEST = 10, 100
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')
_AROUND = 70


def words_of(typed: str) -> list[str]:
    """What was typed, as words in which at least a letter or digit stands; each stands for all that begin with it."""
    words = (word[:_LONGEST] for word in typed.replace("\0", " ").split())
    return [word for word in words if any(char.isalnum() for char in word)][:_MOST]


def plain(html: str) -> str:
    """The words of cleaned HTML or of a plain text, without tags; blocks are kept apart."""
    return unescape(_TAG.sub(" ", html))


def excerpt_of(text: str, typed: str) -> SafeString:
    """The neighbourhood of the first word found in a plain text, as HTML in which all of them are marked. Empty if none
    is there."""
    words = words_of(typed)
    if not words:
        return SafeString("")
    sought = re.compile("|".join(rf"(?<!\w){re.escape(word)}\w*" for word in words), re.IGNORECASE)
    first = sought.search(text)
    if first is None:
        return SafeString("")
    start, end = _word_start(text, first.start() - _AROUND), first.end() + _AROUND
    shown = text[start:end] if end >= len(text) else text[start:end].rsplit(None, 1)[0]
    marked, done = [], 0
    for found in sought.finditer(shown):
        marked += [escape(shown[done : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        done = found.end()
    marked.append(escape(shown[done:]))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return SafeString(f"{before}{''.join(marked)}{after}")


def _word_start(text: str, at: int) -> int:
    """The beginning of the first whole word from ``at`` on."""
    if at <= 0:
        return 0
    blank = re.compile(r"\s").search(text, at)
    return blank.end() if blank else at
