"""A mail as people read it: headers and text, never its HTML."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.parsing import parse_mail

_MOST_HEADERS = 80
_LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class ReadableLetter:
    """``text`` is the raw message where nothing better could be made of it (``is_raw``)."""

    headers: list[tuple[str, str]]
    text: str
    files: list[str]
    is_raw: bool = False


def readable(mail: IncomingMail) -> ReadableLetter:
    """What stands in a mail. Works on every mail, also on one that could not be read."""
    raw = bytes(mail.raw)
    headers = [(name, _decoded(str(value))) for name, value in message_from_bytes(raw).items()][:_MOST_HEADERS]
    try:
        parsed = parse_mail(raw)
    except Exception:  # noqa: BLE001  (whatever is wrong with it: people must be able to look at it)
        return ReadableLetter(headers, raw[:_LONGEST_TEXT].decode(errors="replace"), [], is_raw=True)
    return ReadableLetter(headers, parsed.text[:_LONGEST_TEXT], [file.name for file in parsed.files])


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value
