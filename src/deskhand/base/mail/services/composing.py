"""From a row of the outbox to the bytes that leave the house."""

from __future__ import annotations

import re
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives

from deskhand.base.files.public import Attachment, open_attachment
from deskhand.base.mail.models import OutgoingMail


def compose(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it is sent: text and HTML, pictures of the text inline, other files attached.

    The envelope sender is the reply address, so that a bounce says by itself which mail it is about.

    :raises OSError: a file cannot be read from the store.
    """
    html, pictures, files = _divide(mail)
    message = EmailMultiAlternatives(
        subject=_subject(mail.subject),
        body=mail.text,
        from_email=mail.reply_to or mail.from_address,
        to=[_box(mail.to_name, mail.to_address)],
        headers=_headers(mail),
    )
    if mail.html:
        message.attach_alternative(html, "text/html")
    for picture in pictures:
        message.attach(_inline_part(picture))
    for file in files:
        with open_attachment(file) as content:
            message.attach(file.name, content.read(), file.mime_type)
    if pictures and not files:
        message.mixed_subtype = "related"  # type: ignore[attr-defined]
    return message


def _subject(subject: str) -> str:
    """With other letters than ASCII: as encoded words, the first short enough to stand behind ``Subject:``.

    Left to the library it is longer, stands on the next line, and many mail programs show a blank before it.
    """
    if subject.isascii():
        return subject
    return " ".join(Header(subject, "utf-8", header_name="Subject").encode().split())


def _headers(mail: OutgoingMail) -> dict[str, str]:
    headers = {
        "From": _box(mail.from_name, mail.from_address),
        "Message-ID": f"<{mail.message_id}>",
        "In-Reply-To": f"<{mail.in_reply_to}>" if mail.in_reply_to else "",
        "References": " ".join(f"<{message_id}>" for message_id in mail.references.split()),
        "Reply-To": _box(mail.from_name, mail.reply_to) if mail.reply_to else "",
    }
    if mail.is_automatic:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return {name: value for name, value in headers.items() if value}


def _box(name: str, address: str) -> str:
    """``Name <address>``; a name is one line, however it was typed: another line would be another header."""
    return formataddr((" ".join("".join(char if char.isprintable() else " " for char in name).split()), address))


def _divide(mail: OutgoingMail) -> tuple[str, list[Attachment], list[Attachment]]:
    """The HTML with its own pictures under ``cid:``, those pictures, and all other files."""
    attachments = list(mail.chatter_message.attachments.all()) if mail.chatter_message else []
    html, pictures, files = mail.html, [], []
    for attachment in attachments:
        source = re.compile(rf'src="/files/{attachment.pk}/[^"]*"')
        if source.search(html):
            html = source.sub(f'src="cid:{attachment.pk}@deskhand"', html)
            pictures.append(attachment)
        else:
            files.append(attachment)
    return html, pictures, files


def _inline_part(picture: Attachment) -> MIMEBase:
    with open_attachment(picture) as content:
        part = MIMEImage(content.read(), _subtype=picture.mime_type.partition("/")[2])
    part.add_header("Content-ID", f"<{picture.pk}@deskhand>")
    part.add_header("Content-Disposition", "inline", filename=picture.name)
    return part
