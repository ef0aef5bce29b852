"""Mails of records whose app says nothing of its own about them: contacts, users, employees (FOUND-1)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import Message
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.places import MAILBOXES, RECORD_MAILS, Identity, RecordMail
from deskhand.base.mail.services.joining import RecordMailbox, company_identity, writing_company
from deskhand.kit import records


def write_about(model: type[Model]) -> None:
    """Messages beside records of a model are mailed in the name of its ``company``, and answers come back to them."""

    def identity(record: Any, message: Message) -> Identity:
        return company_identity(writing_company(message, record.company))

    RECORD_MAILS.add(
        RecordMail(
            model=model,
            identity=lambda record: company_identity(record.company),
            company=lambda _record: "",
            reference=str,
            subject=lambda _record: "",
            link=_page_for,
            link_label=_("Open in Deskhand"),
            identity_of=identity,
        )
    )
    MAILBOXES.add(RecordMailbox(model, company=lambda record: record.company))  # type: ignore[attr-defined]


def _page_for(record: Model, contact: Contact) -> str:
    """The page of a record, for a colleague who sees it; for all others there is none."""
    user: Any = getattr(contact, "user", None)
    if user is None or not user.is_internal:
        return ""
    kind = records.type_of(record)
    return settings.SITE_URL + kind.url(record) if kind.visible_to(user).filter(pk=record.pk).exists() else ""
