"""Pictures in the HTML: whichever way it points to them, afterwards it does by ``cid:``, and each is a file."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote

from deskhand.base.mail.parsing.filenames import extension_of
from deskhand.base.mail.parsing.shapes import MailFile
from deskhand.base.mail.parsing.transfers import decode_base64

if TYPE_CHECKING:
    from deskhand.base.mail.parsing.bodies import Bodies

_CID = re.compile(r"\bcid:([^\"'\s<>)]{1,400})", re.IGNORECASE)
_DATA = re.compile(r"data:(image/(?:png|jpe?g|gif|webp|bmp));base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_MOST_LOCATIONS = 100


def adopt_pictures(bodies: Bodies) -> None:
    """Make files of pictures that are written into the HTML itself, and mark every file that the HTML shows."""
    known = {file.content_id for file in bodies.files if file.content_id}
    shown: set[str] = set()

    def pointed_at(found: re.Match[str]) -> str:
        content_id = found[1] if found[1] in known else unquote(found[1])
        shown.add(content_id)
        return f"cid:{content_id}" if content_id in known else found[0]

    for passage in bodies.passages:
        if not passage.html:
            continue
        if "data:image" in passage.html:
            passage.html = _DATA.sub(lambda found: _adopted(bodies, known, found), passage.html)
        for location in bodies.locations[:_MOST_LOCATIONS]:
            passage.html = passage.html.replace(f'"{location}"', f'"cid:{location}"')
        if "cid:" in passage.html.lower():
            passage.html = _CID.sub(pointed_at, passage.html)
    bodies.files = [replace(file, is_inline=file.content_id in shown) for file in bodies.files]


def _adopted(bodies: Bodies, known: set[str], found: re.Match[str]) -> str:
    data = decode_base64(found[2].encode())
    mime_type = found[1].lower()
    content_id = f"{sha256(data).hexdigest()[:24]}@picture"
    if content_id not in known:
        name = bodies.names.unique(f"image{extension_of(mime_type)}")
        bodies.files.append(MailFile(name, mime_type, data, content_id))
        known.add(content_id)
    return f"cid:{content_id}"
