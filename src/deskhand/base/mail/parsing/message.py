"""``parse_mail``: the whole mail, put together from what the other modules read."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from deskhand.base.mail.parsing.addresses import parse_addresses
from deskhand.base.mail.parsing.bodies import preformatted, read_bodies
from deskhand.base.mail.parsing.dates import parse_date
from deskhand.base.mail.parsing.headers import ENVELOPE_LINE, Headers
from deskhand.base.mail.parsing.kinds import judge
from deskhand.base.mail.parsing.lines import Role, lines_of_text
from deskhand.base.mail.parsing.markup import Markup, spoken_text
from deskhand.base.mail.parsing.parts import parse_parts
from deskhand.base.mail.parsing.pictures import adopt_pictures
from deskhand.base.mail.parsing.replies import is_forward_subject, is_reply_subject, sort_lines
from deskhand.base.mail.parsing.shapes import Mailbox, ParsedMail, UnreadableMail
from deskhand.base.mail.parsing.texts import one_line
from deskhand.kit.html import clean_html, is_too_much, text_to_html, without_tags

if TYPE_CHECKING:
    from deskhand.base.mail.parsing.bodies import Bodies

_MOST_REFERENCES = 200
_LONGEST_ID = 900
_ID = re.compile(r"<([^<>]{1,2000})>")
#: A longer plain text is shown as it is: making paragraphs and links of it would take longer than reading all else.
_LONGEST_PROSE = 200_000


class _Body(NamedTuple):
    text: str
    html: str
    reply_text: str
    reply_html: str
    quote_html: str


def parse_mail(raw: bytes) -> ParsedMail:
    """Understand a mail, however malformed. Pure: no database, no network; time grows with the size only.

    :raises UnreadableMail: there is nothing in it.
    """
    root = parse_parts(_prepared(raw))
    headers = root.headers
    subject = headers.text("subject")
    bodies = read_bodies(root)
    adopt_pictures(bodies)
    is_reply = is_reply_subject(subject) or "in-reply-to" in headers or "references" in headers
    body = _read_body(bodies, is_reply=is_reply, is_forward=is_forward_subject(subject))
    sender = _sender(headers)
    kind, bounced = judge(root, sender.address, subject, body.text)
    return ParsedMail(
        sender=sender,
        reply_to=_mailboxes(headers, "reply-to"),
        to=_mailboxes(headers, "to"),
        cc=_mailboxes(headers, "cc"),
        subject=subject,
        text=body.text,
        html=body.html,
        reply_text=body.reply_text,
        reply_html=body.reply_html,
        quote_html=body.quote_html,
        files=tuple(bodies.files),
        kind=kind,
        bounced=bounced,
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        date=parse_date(headers.text("date")),
    )


def _prepared(raw: bytes) -> bytes:
    """One way of ending lines, enough for the headers to be found; no byte order mark, no empty lines before."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = raw.decode("utf-16", "replace").encode()
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\r\r\n" in raw[:100_000]:
        raw = raw.replace(b"\r\r\n", b"\r\n")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    raw = raw.lstrip(b"\r\n\0 \t") if raw[:1] in {b"\r", b"\n", b"\0"} else raw
    if not raw.strip(b"\r\n\0 \t"):
        raise UnreadableMail
    return raw


def _sender(headers: Headers) -> Mailbox:
    """From; when it says nothing, the next best that does. A name without an address takes the address from there."""
    name = ""
    for field in ("from", "sender", "reply-to", "return-path", "x-envelope-from", ENVELOPE_LINE):
        for value in headers.raws(field):
            found = parse_addresses(value.split()[0] if field == ENVELOPE_LINE and value.strip() else value)
            usable = next((box for box in found if box.address), None)
            if usable is not None:
                return replace(usable, name=usable.name or name)
            name = name or next((box.name for box in found), "")
    return Mailbox("", name)


def _mailboxes(headers: Headers, name: str) -> tuple[Mailbox, ...]:
    boxes = {box.address: box for value in headers.raws(name) for box in parse_addresses(value) if box.address}
    return tuple(boxes.values())


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    """Message ids without their brackets and without the blanks that folding put into them."""
    value = one_line(" ".join(headers.raws(name))[: _LONGEST_ID * _MOST_REFERENCES])
    words = (word.strip("<>\"',;") for word in value.split())
    found = _ID.findall(value) or [word for word in words if "@" in word or name == "message-id"]
    ids = ("".join(one.split())[:_LONGEST_ID] for one in found)
    return tuple(dict.fromkeys(one for one in ids if one))[-_MOST_REFERENCES:]


def _read_body(bodies: Bodies, *, is_reply: bool, is_forward: bool) -> _Body:
    html = _joined_html(bodies)
    if not html:
        return _read_text(_stripped(bodies.text), is_reply=is_reply, is_forward=is_forward)
    if is_too_much(html):
        return _read_text(_stripped(bodies.text) or without_tags(html), is_reply=is_reply, is_forward=is_forward)
    markup = Markup(html)
    whole = clean_html(html)
    roles = sort_lines(markup.lines, is_reply=is_reply, is_forward=is_forward)
    if bodies.has_only_html:
        text = markup.text
        new = (line for line, role in zip(markup.lines.texts, roles, strict=True) if role is Role.NEW)
        reply_text = spoken_text(new) or text
    else:
        text = _stripped(bodies.text)
        reply_text = _new_and_rest(text, is_reply=is_reply, is_forward=is_forward)[0]
    if all(role is Role.NEW for role in roles):
        return _Body(text, whole, reply_text, whole, "")
    is_new = [role is Role.NEW for role in roles]
    reply_html = clean_html(markup.html(is_new))
    quote_html = clean_html(markup.html([not new for new in is_new]))
    return _Body(text, whole, reply_text, reply_html, quote_html)


def _read_text(text: str, *, is_reply: bool, is_forward: bool) -> _Body:
    """A mail without HTML gets some."""
    new, rest = _new_and_rest(text, is_reply=is_reply, is_forward=is_forward)
    html = _prose(text)
    return _Body(text, html, new, _prose(new) if rest else html, _prose(rest))


def _new_and_rest(text: str, *, is_reply: bool, is_forward: bool) -> tuple[str, str]:
    lines = lines_of_text(text)
    roles = sort_lines(lines, is_reply=is_reply, is_forward=is_forward)
    if all(role is Role.NEW for role in roles):
        return text, ""
    both = list(zip(lines.texts, roles, strict=True))
    new = (line for line, role in both if role is Role.NEW)
    return spoken_text(new).rstrip(), "\n".join(line for line, role in both if role is not Role.NEW).strip("\n")


def _joined_html(bodies: Bodies) -> str:
    """All passages as one HTML; empty if the mail has none that says or shows anything."""
    if not bodies.has_html:
        return ""
    passages = bodies.passages
    return "\n".join(one.html if one.html is not None else preformatted(one.text or "") for one in passages)


def _stripped(text: str) -> str:
    return text.strip("\n").rstrip()


def _prose(text: str) -> str:
    if not text:
        return ""
    return preformatted(text) if len(text) > _LONGEST_PROSE else text_to_html(text)
