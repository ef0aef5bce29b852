"""Names for attachments: safe on every disk, honest to the reader, never missing, never the same twice."""

from __future__ import annotations

import re
import unicodedata
from mimetypes import MimeTypes

from deskhand.base.mail.parsing.charsets import decode
from deskhand.base.mail.parsing.texts import one_line

_LONGEST = 120
_LONGEST_BYTES = 240
_LONGEST_EXTENSION = 16

_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})")
#: What to call a file that came without a name: its kind decides. The rest is called after its type's first half.
_NAMELESS = {
    "message/rfc822": "message.eml", "text/calendar": "invite.ics", "application/ics": "invite.ics",
    "text/plain": "message.txt", "text/html": "message.html", "text/rfc822-headers": "headers.txt",
    "application/pgp-signature": "signature.asc", "application/pgp-encrypted": "version.asc",
    "application/pkcs7-signature": "smime.p7s", "application/x-pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m", "application/x-pkcs7-mime": "smime.p7m",
    "application/ms-tnef": "winmail.dat", "application/vnd.ms-tnef": "winmail.dat",
    "text/vcard": "contact.vcf", "text/x-vcard": "contact.vcf", "text/directory": "contact.vcf",
}  # fmt: skip
#: Extensions where the table of the standard library knows none, or not the usual one.
_EXTENSIONS = {
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/pjpeg": ".jpg", "image/heic": ".heic", "image/webp": ".webp",
    "image/tiff": ".tif", "audio/mpeg": ".mp3", "audio/amr": ".amr", "audio/wav": ".wav", "audio/ogg": ".ogg",
    "video/quicktime": ".mov", "text/plain": ".txt", "application/x-zip-compressed": ".zip",
    "application/octet-stream": ".bin", "application/xml": ".xml", "text/xml": ".xml",
}  # fmt: skip
_TYPES = MimeTypes()  # the built-in table only: the same on every machine


class FileNames:
    """Gives out names within one mail."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """``name``, or ``name (2)`` with the extension kept, if it is taken (upper and lower case are the same)."""
        stem, extension = split_extension(name)
        chosen = name
        while chosen.casefold() in self._taken:
            self._next[name] = self._next.get(name, 1) + 1
            chosen = f"{stem} ({self._next[name]}){extension}"
        self._taken.add(chosen.casefold())
        return chosen


def safe_name(declared: str, mime_type: str = "") -> str:
    """A name that is only a name: no folder, no trick, of bearable length. Empty if nothing of it is left."""
    name = unicodedata.normalize("NFC", one_line(_unpercented(declared)[:4_000]))
    name = re.split(r"[\\/]", name.rstrip("\\/ "))[-1]
    name = _FORBIDDEN.sub("_", name).strip(". ~").strip()
    if not name.strip("_"):
        return ""
    if _RESERVED.match(name):
        name = f"_{name}"
    if "." not in name and mime_type:
        name += extension_of(mime_type) if mime_type != "application/octet-stream" else ""
    return _shortened(name)


def nameless(mime_type: str) -> str:
    """A sensible name for a file that has none."""
    if mime_type in _NAMELESS:
        return _NAMELESS[mime_type]
    kind = mime_type.partition("/")[0]
    stem = kind if kind in {"image", "audio", "video"} else "attachment"
    return stem + extension_of(mime_type)


def extension_of(mime_type: str) -> str:
    """With its dot; ``.bin`` for what nobody knows."""
    return _EXTENSIONS.get(mime_type) or _TYPES.guess_extension(mime_type) or ".bin"


def better_type(mime_type: str, name: str) -> str:
    """The type of a file that its sender called ``application/octet-stream``, by its extension."""
    if mime_type not in {"application/octet-stream", "application/binary", "application/x-download"}:
        return mime_type
    return _TYPES.guess_type("_" + split_extension(name)[1])[0] or "application/octet-stream"


def split_extension(name: str) -> tuple[str, str]:
    """Stem and extension with its dot; what is long after the last dot is no extension."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > _LONGEST_EXTENSION or " " in extension:
        return name, ""
    return stem, dot + extension


def _shortened(name: str) -> str:
    stem, extension = split_extension(name)
    stem = (
        stem[: _LONGEST - len(extension)].encode()[: _LONGEST_BYTES - len(extension.encode())].decode("utf-8", "ignore")
    )
    return stem.rstrip(". ") + extension


def _unpercented(name: str) -> str:
    """Some programs write ``%C3%A9`` into an ordinary parameter. Only what gives good UTF-8 is meant so."""
    if len(_PERCENT.findall(name)) < 2 or not name.isascii():
        return name
    data = re.sub(rb"%([0-9a-fA-F]{2})", lambda found: bytes([int(found[1], 16)]), name.encode())
    text = decode(data, "utf-8")
    return text if not text.isascii() and "\ufffd" not in text else name
