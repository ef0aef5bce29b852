"""Mails as customers' mail clients write them: plain or HTML, pictures inline, the quote in one of four shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from random import Random

from deskhand.config.demo.files import SentFile
from deskhand.config.demo.sources import Customer, Language
from deskhand.kit.html import text_to_html

_CLIENTS = ("gmail", "outlook", "apple", "plain")


@dataclass(frozen=True)
class Answered:
    """The mail that a customer answers."""

    message_id: str
    subject: str
    sender: str
    address: str
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class Parcel:
    """What a mail carries besides its text."""

    files: Sequence[SentFile] = ()
    in_copy: str = ""
    answers: Answered | None = None


def write_letter(
    customer: Customer,
    *,
    to: str,
    subject: str,
    text: str,
    ending: str,
    at: datetime,
    parcel: Parcel,
    language: Language,
    random: Random,
) -> bytes:
    """A mail, byte for byte as it reaches the desk. ``ending``: the signature, below the pictures."""
    client = random.choice(_CLIENTS)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(customer.name, customer.email)
    mail["To"] = _address("", to)
    if parcel.in_copy:
        mail["Cc"] = _address("", parcel.in_copy)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{random.getrandbits(96):024x}@{customer.email.partition('@')[2]}>"
    if parcel.answers:
        mail["In-Reply-To"] = mail["References"] = f"<{parcel.answers.message_id}>"
    mail.set_content(f"{text}\n\n{ending}{_plain_quote(parcel.answers, language)}", cte="quoted-printable")
    if client != "plain":
        _add_html(mail, (text, ending), client, parcel, language)
    for file in parcel.files:
        if client == "plain" or not file.is_picture:
            maintype, _, subtype = file.mime_type.partition("/")
            mail.add_attachment(file.data, maintype=maintype, subtype=subtype, filename=file.name)
    return mail.as_bytes()


def _add_html(mail: EmailMessage, texts: tuple[str, str], client: str, parcel: Parcel, language: Language) -> None:
    """The same in HTML, with the pictures where the writer put them: below the text, above the signature."""
    pictures = [(f"{index}.{file.name}@mail", file) for index, file in enumerate(parcel.files) if file.is_picture]
    shown = "".join(f'<p><img src="cid:{cid}" alt="{escape(file.name)}"></p>' for cid, file in pictures)
    text, ending = (text_to_html(part) for part in texts)
    mail.add_alternative(text + shown + ending + _html_quote(parcel.answers, client, language), subtype="html")
    html = mail.get_payload(1)
    for cid, file in pictures:
        subtype = file.mime_type.partition("/")[2]
        html.add_related(file.data, "image", subtype, cid=f"<{cid}>", filename=file.name)  # type: ignore[union-attr]


def _plain_quote(answered: Answered | None, language: Language) -> str:
    if answered is None:
        return ""
    quoted = "\n".join(f"> {line}".rstrip() for line in answered.text.splitlines())
    return f"\n\n{_wrote(answered, language)}\n\n{quoted}\n"


def _html_quote(answered: Answered | None, client: str, language: Language) -> str:
    if answered is None:
        return ""
    quoted = text_to_html(answered.text)
    wrote = escape(_wrote(answered, language))
    if client == "gmail":
        return (
            f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{wrote}<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0 0 0 1ex">{quoted}</blockquote></div>'
        )
    if client == "apple":
        return f'<div><br><blockquote type="cite"><div>{wrote}</div><br>{quoted}</blockquote></div>'
    who, sent, to, subject = (escape(word) for word in language.original)
    return (
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr">'
        f"<b>{who}:</b> {escape(answered.sender)} &lt;{escape(answered.address)}&gt;<br>"
        f"<b>{sent}:</b> {answered.sent_at:%d.%m.%Y %H:%M}<br><b>{to}:</b> <br>"
        f"<b>{subject}:</b> {escape(answered.subject)}</div><div>{quoted}</div>"
    )


def _wrote(answered: Answered, language: Language) -> str:
    who = f"{answered.sender} <{answered.address}>"
    return language.wrote.format(date=f"{answered.sent_at:%d.%m.%Y, %H:%M}", who=who)


def _address(name: str, email: str) -> Address:
    return Address(display_name=name, addr_spec=email)
