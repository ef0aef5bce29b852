"""Lines that introduce an earlier mail: "… wrote:", "-----Original Message-----", a block of headers, a forward.

Every function looks at a bounded number of short lines, so that a search through a whole mail is linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from deskhand.base.mail.parsing.languages import FORWARDED, LABELS, ORIGINAL, WROTE

if TYPE_CHECKING:
    from deskhand.base.mail.parsing.lines import Lines

#: A line in the mails we send; what a customer writes stands above it. The words may be translated, the signs stay.
REPLY_MARKER = "##- Write your reply above this line -##"

_LONGEST_LINE = 500
_MOST_WRAPPED = 4
_MOST_HEADERS = 16

_LABEL_KINDS = {label: kind for kind, labels in LABELS.items() for label in labels}
_ORIGINAL = frozenset(ORIGINAL)
_FORWARDED = frozenset(FORWARDED)
_DASHES = " \t\xa0-_*=—–─•>|"

_WROTE = re.compile("|".join(rf"\b{re.escape(verb)}" if verb[0].isascii() else re.escape(verb) for verb in WROTE))
_TIME = re.compile(r"\d{1,2}\s?[:.hH時时시]\s?\d{2}")
_DATE = re.compile(
    r"\b(?:19|20)\d{2}\b|\d{1,2}[./-]\s?\d{1,2}[./-]|(?:19|20)\d{2}\s?[年년]|\d{1,2}\s?[:h時时시]\s?\d{2}"
)
_ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]")
_BRACKETED = re.compile(r"[<(\[]\s?(?:mailto:)?[^\s<>()\[\]@]{1,100}@[^\s<>()\[\]]{1,200}\s?[>)\]]")
_OPENINGS = re.compile(
    r"(?:on|am|le|el|il giorno|il|in data|op|em|no dia|w dniu|dnia|den|d\.|på|dne|dňa|pe|ma|ti|ke|to|la|su|mon|tue|"
    r"wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|в|пн|вт|ср|чт|пт|сб|вс|at|in|em|vào|pada|στις)\b|\d|---",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"\b(?:you|me|us|mir|uns|sie|ihr|du|vous|nous|tu|m'a|usted|ustedes|nos|mi|ci|noi|lei|u|je|mij|ons|você|вы|мне|нам)\b",
    re.IGNORECASE,
)


class Attribution(NamedTuple):
    """Lines ``first`` to ``last`` introduce a quote. ``is_sure``: even if the quote itself carries no marks."""

    first: int
    last: int
    is_sure: bool


def attribution_ending_at(lines: Lines, last: int) -> Attribution | None:
    """The introduction that ends with this line; programs wrap it over up to four lines."""
    if not _ends_like_one(lines.texts[last]):
        return None
    fallback: Attribution | None = None
    joined = ""
    for first in range(last, max(-1, last - _MOST_WRAPPED), -1):
        text = lines.texts[first].strip()
        if not text or lines.is_quoted(first) or len(text) + len(joined) > _LONGEST_LINE:
            break
        joined = f"{text} {joined}" if joined else text
        wrote = _WROTE.search(joined.lower()) is not None
        dated, addressed = _DATE.search(joined) is not None, _ADDRESS.search(joined) is not None
        if dated and (wrote or (addressed and _TIME.search(joined))):
            begin = _beginning(lines, first, last)
            return Attribution(begin, last, is_sure=_is_sure(lines, begin, last))
        if wrote and fallback is None:
            fallback = Attribution(first, last, is_sure=False)
    return fallback


def _ends_like_one(text: str) -> bool:
    """With a colon, or as "… wrote ----"."""
    end = text[-60:].rstrip(" \t\xa0*_")
    return end.endswith((":", "：")) or (end.endswith("--") and bool(_WROTE.search(end.lower())))


def _beginning(lines: Lines, first: int, last: int) -> int:
    """Before a line like "10:11 AM Ann wrote:" the first half of the sentence may still be missing.

    It is the line above, if that begins like one, or if it begins the paragraph and names a date or an address.
    """
    start = lines.texts[first].strip()
    is_torn = _TIME.match(start) is not None or start.startswith("<")
    if not is_torn and (_OPENINGS.match(start) or _ADDRESS.search(" ".join(lines.texts[first : last + 1]))):
        return first
    for candidate in range(first - 1, max(-1, last - _MOST_WRAPPED), -1):
        text = lines.texts[candidate].strip()
        if not text or lines.is_quoted(candidate) or text.endswith((".", "!", "?", ":")) or len(text) > _LONGEST_LINE:
            break
        begins_paragraph = candidate == 0 or not lines.texts[candidate - 1].strip()
        is_dated = _DATE.search(text) is not None
        if is_dated and _OPENINGS.match(text):
            return candidate
        if begins_paragraph and (is_dated or start.startswith("<") or _ADDRESS.search(text)):
            return candidate
    return first


def _is_sure(lines: Lines, first: int, last: int) -> bool:
    """Programs put addresses in brackets and write the time; people write "on Monday your colleague wrote:"."""
    joined = " ".join(lines.texts[first : last + 1])
    if _BRACKETED.search(joined):
        return True
    return bool(_OPENINGS.match(joined.strip()) and _TIME.search(joined)) and not _PRONOUNS.search(joined)


def header_block_end(lines: Lines, first: int) -> int | None:
    """The last line of a block "From: … Sent: … To: … Subject: …" that begins with this line."""
    if label_kind(lines.texts[first]) is None:
        return None
    kinds: dict[str, str] = {}
    last, blanks, strangers = first, 0, 0
    for number in range(first, min(first + _MOST_HEADERS, len(lines.texts))):
        text = lines.texts[number]
        if not text.strip():
            blanks += 1
            if blanks > 1:
                break
            continue
        kind = label_kind(text)
        if kind is None:
            strangers += 1
            if strangers > 4 or blanks:
                break
            continue
        if kind in kinds and kind != "other":
            break
        kinds[kind] = text
        last, blanks = number, 0
    named = kinds.keys() & {"from", "sent", "to", "subject"}
    is_block = "from" in named and len(named) >= 3 and ("subject" in named or "@" in kinds["from"])
    return last if is_block else None


def label_kind(text: str) -> str | None:
    """``from``, ``sent``, ``to``, … if the line begins with such a label in any language."""
    head, colon, _ = text[:60].replace("：", ":").partition(":")
    return _LABEL_KINDS.get(head.strip(" \t\xa0*_").lower()) if colon else None


def is_original_line(text: str) -> bool:
    """ "-----Original Message-----" in any language."""
    stripped = text.strip()
    return _is_framed(stripped) and stripped.strip(_DASHES).rstrip(":：").lower() in _ORIGINAL


def is_forward_line(text: str) -> bool:
    """ "---------- Forwarded message ----------" or "Begin forwarded message:" in any language."""
    if len(text) > _LONGEST_LINE:
        return False
    stripped = text.strip().lstrip("> ")
    framed = _is_framed(stripped) or stripped.endswith((":", "："))
    return framed and stripped.strip(_DASHES).rstrip(": ：\xa0").lower() in _FORWARDED


def is_marker_line(text: str) -> bool:
    """Our own line, above which customers write."""
    if "##-" not in text or len(text) > _LONGEST_LINE:
        return False
    begin = text.find("##-")
    return text.find("-##", begin + 3) != -1


def is_rule(text: str) -> bool:
    """A line that is drawn, not written."""
    return len(text) >= 5 and not text.strip(" \t\xa0_-=*—–─") and len(text.strip()) >= 5


def _is_framed(stripped: str) -> bool:
    return len(stripped) < 200 and stripped[:2] in {"--", "__", "==", "**", "- ", "——", "––", "──"}
