"""Answers to messages beside records that no mail opens: contacts, users, teams (FOUND-1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import (
    Draft,
    Message,
    Via,
    followers_getting_messages,
    log_note,
    post_message,
)
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact, contact_of_sender
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.places import Delivery, Identity, Letter, Thread
from deskhand.kit.html import text_to_html

#: Nobody reads mail there: only addresses with a token of ours are taken.
_LOCAL_PART = "reply"


@dataclass(frozen=True)
class RecordMailbox:
    """Takes answers to messages beside records of one ``model``; it owns no address and opens nothing.

    ``company`` is whose record it is, None: everybody's.
    """

    model: type[Model]
    company: Callable[[Model], Company | None]

    def owned(self, addresses: Sequence[str]) -> list[str]:
        del addresses
        return []

    def offered(self) -> list[tuple[str, str]]:
        return []

    def numbered(self, number: int, letter: Letter) -> Model | None:
        del number, letter
        return None

    def open(self, letter: Letter, *, at: datetime) -> Delivery | None:
        del letter, at
        return None

    def join(self, thread: Thread, letter: Letter, *, at: datetime) -> Delivery:
        """The answer goes to the followers who want messages. A colleague has to prove that they got what they answer:
        anybody can write anybody's address into a From line."""
        record, company, reason = thread.record, self.company(thread.record), thread.reason
        user = _colleague(letter.mail.sender.address, company)
        if user is not None and thread.written_to != user.contact_id:
            reason = _("%(reason)s It does not prove who wrote it, so it was not sent on.") % {"reason": reason}
            note = log_note(record, draft_of(letter, user.contact, reason=reason), at=at)
            return Delivery(Outcome.JOINED, reason, record, note)
        author = user.contact if user else _writer(letter, company)
        draft = draft_of(letter, author, from_internal=user is not None, reason=reason)
        message = post_message(record, draft, at=at, recipients=_told(record, letter))
        return Delivery(Outcome.JOINED, reason, record, message)


def draft_of(letter: Letter, author: Contact, *, reason: str, from_internal: bool = False) -> Draft:
    """What a mail says, as a conversation keeps it: the new text, the quote apart, the files."""
    mail = letter.mail
    html = mail.reply_html or mail.html
    if not letter.files and not mail.text.strip() and "<img" not in html:
        html = text_to_html(_("(The mail has no text.)"))
    return Draft(
        html=html,
        quote_html=mail.quote_html if mail.reply_html else "",
        author=author,
        from_internal=from_internal,
        via=Via.MAIL,
        files=letter.files,
        message_id=mail.message_id,
        reason=reason,
    )


def company_identity(company: Company | None) -> Identity:
    """The company itself, at its alias domain, where signed reply addresses are taken; without one the desk's own
    address, to which nobody can answer."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    called = company.public_name if company else name
    if company and company.alias_domain:
        return Identity(called, f"{_LOCAL_PART}@{company.alias_domain}")
    return Identity(called, address, takes_replies=False)


def writing_company(message: Message, company: Company | None) -> Company | None:
    """In whose name a message goes out: the record's company; of a record that everybody shares that of its author, or
    the first that can be answered."""
    user: User | None = getattr(message.author, "user", None) if message.author else None
    if company is None and user is not None and user.is_internal:
        company = user.company
    return company or Company.objects.exclude(alias_domain="").order_by("pk").first()


def _colleague(address: str, company: Company | None) -> User | None:
    users = User.objects.internal().filter(email=address).select_related("contact")
    return (users.filter(companies=company) if company else users).first()


def _writer(letter: Letter, company: Company | None) -> Contact:
    sender = letter.mail.sender
    known = company or Company.objects.order_by("pk").first()
    assert known is not None  # noqa: S101  (a desk has a company)
    return contact_of_sender(email=sender.address, name=sender.name, company=known)


def _told(record: Model, letter: Letter) -> list[int]:
    """The followers who want messages, without those to whom the mail went anyway. Two queries at most."""
    named = {box.address for box in (*letter.mail.to, *letter.mail.cc)}
    wanting = followers_getting_messages(record)
    had = Contact.objects.filter(pk__in=wanting, email__in=named - {""}).values_list("pk", flat=True)
    reached = set(had) if wanting else set()
    return [pk for pk in wanting if pk not in reached]
