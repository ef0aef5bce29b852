"""What of the MIME tree is the text that a person reads, and what is a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from deskhand.base.mail.parsing.charsets import decode
from deskhand.base.mail.parsing.filenames import FileNames, better_type, nameless, safe_name
from deskhand.base.mail.parsing.flowed import split_uuencoded, unflow
from deskhand.base.mail.parsing.headers import Headers, split_headers
from deskhand.base.mail.parsing.shapes import MailFile
from deskhand.base.mail.parsing.texts import tidy

if TYPE_CHECKING:
    from deskhand.base.mail.parsing.parts import Part

#: Parts that machines wrote for machines: never a body, never a file.
_MACHINE_TYPES = frozenset({
    "message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
    "message/global-disposition-notification", "message/feedback-report", "application/applefile",
    "text/x-amp-html", "text/watch-html", "message/external-body",
})  # fmt: skip
_MESSAGE_TYPES = frozenset({"message/rfc822", "message/global", "message/partial", "message/news"})
_READABLE_TYPES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_ENRICHED = re.compile(r"<(?:param>[^<]{0,200}</param|/?\w{1,40})>")


@dataclass
class Passage:
    """A stretch of the body: as plain text, as HTML, or as both. Nothing is cleaned yet."""

    text: str | None = None
    html: str | None = None


@dataclass
class Bodies:
    """The passages of a mail in their order, and its files."""

    passages: list[Passage] = field(default_factory=list)
    files: list[MailFile] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)  #: Content-Locations that serve as content ids.
    names: FileNames = field(default_factory=FileNames)

    @property
    def text(self) -> str:
        """The plain passages, with a blank line between them. Empty if the mail has only HTML."""
        return "\n\n".join(passage.text.rstrip() for passage in self.passages if passage.text and passage.text.strip())

    @property
    def has_html(self) -> bool:
        return any(passage.html and passage.html.strip() for passage in self.passages)

    @property
    def has_only_html(self) -> bool:
        """At least one passage is not there as plain text."""
        return any(passage.html and not (passage.text or "").strip() for passage in self.passages)


def read_bodies(root: Part) -> Bodies:
    """Walk the tree once. A text that was sent as a named inline part is a file, unless the mail has no other text."""
    reader = _Reader()
    bodies = reader.bodies
    bodies.passages = reader.passages(root)
    if not bodies.text and not bodies.has_html and reader.doubtful:
        part, position = reader.doubtful[0]
        del bodies.files[position]
        bodies.passages = [reader.passage(part)]
    return bodies


class _Reader:
    """Finds the passages, and puts everything else among the files."""

    def __init__(self) -> None:
        self.bodies = Bodies()
        self.doubtful: list[tuple[Part, int]] = []

    def passages(self, part: Part) -> list[Passage]:
        if part.children:
            if part.mime_type == "multipart/alternative":
                return self._alternative(part)
            return self._sequence(part)
        if part.mime_type in _MACHINE_TYPES:
            return []
        if part.mime_type in _READABLE_TYPES and part.disposition.value != "attachment":
            if not part.declared_name:
                return [self.passage(part)]
            self.doubtful.append((part, len(self.bodies.files)))
        self._keep(part)
        return []

    def _sequence(self, part: Part) -> list[Passage]:
        """One after the other: ``mixed``, ``related``, ``signed``, ``report`` and whatever else there is."""
        found = [self.passages(part.children[0])]
        for child in part.children[1:]:
            if part.mime_type == "multipart/related" and not child.children and child.content_id:
                self._keep(child)
            else:
                found.append(self.passages(child))
        return [passage for passages in found for passage in passages]

    def _alternative(self, part: Part) -> list[Passage]:
        """The same thing several times: the richest HTML, and the plainest text."""
        choices = [self.passages(child) for child in part.children]
        choices = [passages for passages in choices if passages]
        rich = next((passages for passages in reversed(choices) if any(p.html is not None for p in passages)), None)
        plains = [passages for passages in choices if all(p.html is None for p in passages)]
        plain = max(plains, key=lambda passages: sum(len(p.text or "") for p in passages), default=None)
        if rich is None or plain is None:
            return rich or plain or []
        html = "\n".join(p.html if p.html is not None else preformatted(p.text or "") for p in rich)
        return [Passage("\n\n".join(p.text or "" for p in plain), html)]

    def _keep(self, part: Part) -> None:
        mime_type, data = part.mime_type, part.content
        name = safe_name(part.declared_name, mime_type)
        if mime_type in _MESSAGE_TYPES:
            name = _message_name(name, data)
        name = name or safe_name(part.headers.text("content-description")[:80], mime_type) or nameless(mime_type)
        content_id = part.content_id
        if not content_id and (location := part.headers.text("content-location")) and " " not in location:
            self.bodies.locations.append(location)
            content_id = location
        self._add(name, better_type(mime_type, name), data, content_id)

    def _add(self, name: str, mime_type: str, data: bytes, content_id: str = "") -> None:
        self.bodies.files.append(MailFile(self.bodies.names.unique(name), mime_type, data, content_id))

    def passage(self, part: Part) -> Passage:
        """The text of a readable part. Files that old programs wrote into it are taken out."""
        data = part.content
        parameters = part.content_type.parameters
        if part.mime_type == "text/html":
            return Passage(html=tidy(decode(data, parameters.get("charset") or _declared_in_html(data))))
        text = tidy(decode(data, parameters.get("charset", "")))
        if part.mime_type != "text/plain":
            return Passage(text=_ENRICHED.sub("", text))
        if parameters.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=parameters.get("delsp", "").lower() == "yes")
        text, files = split_uuencoded(text)
        for declared, content in files:
            name = safe_name(declared) or "attachment.bin"
            self._add(name, better_type("application/octet-stream", name), content)
        return Passage(text=text)


def _declared_in_html(data: bytes) -> str:
    found = _META_CHARSET.search(data, 0, 4_096)
    return found[1].decode("ascii", "ignore") if found else ""


def _message_name(name: str, data: bytes) -> str:
    """A forwarded message is a file with its subject as name."""
    if not name:
        subject = Headers(split_headers(data, 0, len(data))[0]).text("subject")
        name = safe_name(re.sub(r"[\\/]", "_", subject)) or "message"
    return name if name.lower().endswith(".eml") else f"{name}.eml"


def preformatted(text: str) -> str:
    """Plain text inside HTML, unchanged."""
    return f"<pre>{escape(text, quote=False)}</pre>"
