"""The signed part of a reply address: ``care+<token>@nordlys.example`` says which mail is answered.

A token holds the kind and id of the record and the contact the mail went to, and 80 bits of HMAC-SHA256 over them. It
is written in base32, so that a mail server that changes capitals does not break it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass

from django.db.models import Model
from django.utils.crypto import salted_hmac

from deskhand.kit import records

_SALT = "deskhand.base.mail.reply_tokens"
_MAC_BYTES = 10
#: RFC 5321, 4.5.3.1.1.
_LONGEST_LOCAL_PART = 64
#: Stands in for an alias that leaves no room for a token.
_SHORT_ALIAS = "reply"


@dataclass(frozen=True)
class ReplyToken:
    """Which record a mail was about, and whom it went to."""

    content_type: int
    object_id: int
    contact: int


def reply_address(address: str, record: Model, contact_id: int) -> str:
    """The address to which a contact answers mails about a record."""
    local, _, domain = address.rpartition("@")
    token = make_token(ReplyToken(records.content_type_id(record), record.pk, contact_id))
    if len(local) + 1 + len(token) > _LONGEST_LOCAL_PART:
        local = _SHORT_ALIAS
    return f"{local}+{token}@{domain}"


def make_token(about: ReplyToken) -> str:
    payload = b"".join(_varint(number) for number in (about.content_type, about.object_id, about.contact))
    return _written(_mac(payload) + payload)


def token_of(address: str) -> ReplyToken | None:
    """What the token in an address says; None without a token, and for one that we did not make."""
    tag = address.rpartition("@")[0].rpartition("+")[2]
    try:
        signed = base64.b32decode(tag.upper() + "=" * (-len(tag) % 8))
    except (binascii.Error, ValueError):
        return None
    mac, payload = signed[:_MAC_BYTES], signed[_MAC_BYTES:]
    if not payload or _written(signed) != tag.lower() or not hmac.compare_digest(mac, _mac(payload)):
        return None
    return ReplyToken(*_numbers(payload))


def without_tag(address: str) -> str:
    """``care@…`` for ``care+anything@…``."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _written(signed: bytes) -> str:
    return base64.b32encode(signed).decode().rstrip("=").lower()


def _mac(payload: bytes) -> bytes:
    return salted_hmac(_SALT, payload, algorithm="sha256").digest()[:_MAC_BYTES]


def _varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])


def _numbers(payload: bytes) -> list[int]:
    numbers, shift = [0], 0
    for byte in payload:
        numbers[-1] |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            numbers.append(0)
            shift = 0
    return numbers[:-1]
