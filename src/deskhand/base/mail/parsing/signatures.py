"""Where what somebody wrote ends and the signature begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskhand.base.mail.parsing.languages import DEVICES, SENT_BY
from deskhand.base.mail.parsing.lines import Mark, Role

if TYPE_CHECKING:
    from deskhand.base.mail.parsing.lines import Lines

#: Longer ends are no signature: people draw lines too. The delimiter of RFC 3676 is meant; two bare dashes may not be.
_LONGEST_PROPER = 40
_LONGEST_LOOSE = 12
_LONGEST_SENT_BY = 110

_BEGINNINGS = tuple(begin for begin, _ in SENT_BY if begin)
_ENDS = tuple(end for begin, end in SENT_BY if not begin)


def mark_signatures(lines: Lines, roles: list[Role], limit: int) -> None:
    """Change the role of signature lines in every stretch of new lines before line ``limit``."""
    start = 0
    while start < limit:
        if roles[start] is not Role.NEW:
            start += 1
            continue
        end = start
        while end < limit and roles[end] is Role.NEW:
            end += 1
        _mark_stretch(lines, roles, start, end)
        start = end


def _mark_stretch(lines: Lines, roles: list[Role], start: int, end: int) -> None:
    for number in range(start, end):
        if lines.marks.get(number) is Mark.SIGNATURE or _is_armour(lines.texts[number]):
            roles[number] = Role.SIGNATURE
    begin = _delimiter(lines, start, end)
    for number in range(begin, end):
        roles[number] = Role.SIGNATURE
    _mark_armour(lines, roles, start, end)
    last = begin - 1
    for _ in range(3):
        while last >= start and (roles[last] is Role.SIGNATURE or not lines.texts[last].strip()):
            last -= 1
        if last < start or not is_sent_by(lines.texts[last]):
            break
        roles[last] = Role.SIGNATURE


def _delimiter(lines: Lines, start: int, end: int) -> int:
    """The first delimiter with no more than a signature's worth of lines after it; ``end`` if there is none."""
    written = 0
    begin = end
    for number in range(end - 1, start - 1, -1):
        text = lines.texts[number]
        if text[:2] == "--" and len(text) <= 3 and not text.strip(" \xa0-") and text.strip("\xa0 ") == "--" and written:
            begin = number if written <= (_LONGEST_PROPER if text == "-- " else _LONGEST_LOOSE) else begin
        if text and not text.isspace():
            written += 1
        if written > _LONGEST_PROPER + 1:
            break
    return begin


def is_sent_by(text: str) -> bool:
    """ "Sent from my iPhone" and its like."""
    line = text.strip(" \t\xa0*_.-—").lower()
    if not line or len(line) > _LONGEST_SENT_BY:
        return False
    line = line.partition("<http")[0].strip(" .(") or line
    if not line.startswith(_BEGINNINGS) and not line.endswith(_ENDS):
        return False
    is_formula = any(line.startswith(begin) and line.endswith(end) for begin, end in SENT_BY)
    return is_formula and any(device in line for device in DEVICES)


def _is_armour(text: str) -> bool:
    return text.startswith("-----BEGIN PGP SIGNED MESSAGE-----")


def _mark_armour(lines: Lines, roles: list[Role], start: int, end: int) -> None:
    """What OpenPGP puts around a text that it signs inline."""
    inside = False
    for number in range(start, end):
        text = lines.texts[number]
        if text.startswith("-----BEGIN PGP SIGNATURE-----"):
            inside = True
        if inside or (text.startswith("Hash: ") and number and _is_armour(lines.texts[number - 1])):
            roles[number] = Role.SIGNATURE
        if text.startswith("-----END PGP SIGNATURE-----"):
            inside = False
