"""Content-Transfer-Encoding: the bytes of a part, however badly they were wrapped."""

from __future__ import annotations

import binascii
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NO_BASE64 = bytes(set(range(256)) - set(_BASE64 + b"="))
_MOST_BLOCKS = 1_000
_WHITE = b" \t\r\n\v\f\0"


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """What was meant. An unknown encoding, or one that the data contradicts, leaves the data as it is."""
    match re.sub(r"[^a-z0-9]", "", encoding.partition(";")[0].partition("(")[0].lower()):
        case "base64" | "b64":
            return decode_base64(data)
        case "quotedprintable" | "qp":
            return decode_quoted_printable(data)
        case "uuencode" | "xuuencode" | "xuue" | "uue" | "uu":
            return decode_uu(data)
        case _:
            return data


def decode_base64(data: bytes) -> bytes:
    """Base64 with junk characters, foreign lines, wrong or missing padding, or several blocks in a row.

    Data that is not base64 at all (a text with a wrong label) comes back unchanged.
    """
    packed = data.translate(None, _WHITE)
    if packed.rstrip(b"=").translate(None, _BASE64):
        packed = _without_junk(data)
        if not packed:
            return data
    if packed.count(b"=") > _MOST_BLOCKS:
        packed = packed.translate(None, b"=")
    return b"".join(_block(block) for block in packed.split(b"=") if block)


def _without_junk(data: bytes) -> bytes:
    """Lines that are no base64 are dropped (footers of lists and scanners); strange characters within lines too."""
    kept = []
    for line in data.splitlines():
        stripped = line.strip(_WHITE)
        strange = len(stripped.translate(None, _BASE64 + b"="))
        if strange * 5 <= len(stripped) and len(stripped.split()) <= 2:
            kept.append(stripped.translate(None, _NO_BASE64))
    return b"".join(kept)


def _block(block: bytes) -> bytes:
    block = block[: len(block) - (len(block) % 4 == 1)]
    return binascii.a2b_base64(block + b"=" * (-len(block) % 4))


def decode_quoted_printable(data: bytes) -> bytes:
    """Quoted-printable; what is not an escape stays as it is, white space after a soft line break is forgiven."""
    if b"= " in data or b"=\t" in data:
        data = re.sub(rb"=[ \t]+(?=\r?\n)", b"=", data)
    return binascii.a2b_qp(data)


def decode_uu(data: bytes) -> bytes:
    """Uuencoded lines between ``begin`` and ``end``; broken lines are left out."""
    decoded = []
    for line in data.splitlines():
        if line.startswith(b"begin ") or line.strip() in {b"", b"`"}:
            continue
        if line.strip() == b"end":
            break
        decoded.append(_uu_line(line))
    return b"".join(decoded)


def _uu_line(line: bytes) -> bytes:
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    if len(line) * 2 < length:
        return b""  # it announces more than it holds
    try:
        return binascii.a2b_uu(line[:length])
    except binascii.Error:
        return b""
