"""Mails about signing in: they belong to no record, and go by the outbox like all others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from deskhand.base.accounts.models import User
from deskhand.base.companies.public import Company

#: ``Choose a password: https://…``, a paragraph of its own: a button in HTML.
_BUTTON = re.compile(r"(?P<label>[^\n]+): (?P<link>https?://\S+)")


@dataclass(frozen=True)
class Part:
    """A paragraph of a letter; with ``link`` a button."""

    text: str
    link: str = ""


def send_account_mail(name: str, user: User, *, to: str = "", **context: Any) -> None:
    """Queue the mail ``accounts/mail/<name>`` for a user, in their language; ``to`` names another address."""
    known = {"person": user, "company": user.company, "site_url": settings.SITE_URL, **context}
    with translation.override(user.language):
        _queue(name, to or user.email, known)


def send_stranger_mail(name: str, to: str, *, company: Company, **context: Any) -> None:
    """Queue the mail ``accounts/mail/<name>`` for an address without a user, in the language of who asked for it."""
    _queue(name, to, {"company": company, "site_url": settings.SITE_URL, **context})


def _queue(name: str, to: str, known: dict[str, Any]) -> None:
    subject = " ".join(render_to_string(f"accounts/mail/{name}_subject.txt", known).split())
    text = render_to_string(f"accounts/mail/{name}_message.txt", known).strip() + "\n"
    mail = EmailMultiAlternatives(subject, text, None, [to])
    add_html(mail, company=known["company"].public_name)
    mail.send()


def add_html(mail: EmailMultiAlternatives, *, company: str) -> None:
    """The same in HTML, in the look of our mails: a template for each would say everything twice."""
    context = {
        "subject": mail.subject,
        "parts": list(_parts(str(mail.body))),
        "company": company,
        "language": translation.get_language(),
    }
    mail.attach_alternative(render_to_string("accounts/mail/letter.html", context), "text/html")


def _parts(text: str) -> Iterator[Part]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        button = _BUTTON.fullmatch(paragraph.strip())
        yield Part(button["label"], button["link"]) if button else Part(paragraph.strip())
