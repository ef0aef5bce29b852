"""Mail templates, and the mails that came and go, in the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.mail.models import IncomingMail, MailTemplate, OutgoingMail
from deskhand.base.mail.pages.screens import INCOMING, OUTGOING, TEMPLATES
from deskhand.base.mail.places import TEMPLATE_KINDS
from deskhand.base.mail.policies import can_administer_mail
from deskhand.base.mail.queries import incoming_visible_to, outgoing_visible_to
from deskhand.base.mail.services.reading import read_again
from deskhand.base.mail.services.sending import send_again
from deskhand.base.mail.services.templates import TemplateText, delete_template, save_template
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer, Body, Download, Name, Resource, Text, Verb, changes_of, sent
from deskhand.kit.clock import now

_RAW = "message/rfc822"


class TemplateAnswer(Answer):
    id: int
    name: str
    about: str = Field(description="The kind of record: `ticket`, …")
    subject: str
    body: str = Field(description="HTML with placeholders.")
    is_standard: bool = Field(description="Whether it belongs to Deskhand: it can be reworded, but not deleted.")


class NewTemplateBody(Body):
    name: Name
    about: Name = Field(description="The kind of record: `ticket`, …; it never changes.")
    subject: Annotated[Name, Field(max_length=200)]
    body: Text = Field(description="Plain text or HTML, with placeholders such as {{ ticket.title }}.", min_length=1)


class Templates(Resource[MailTemplate]):
    key, title, one, screen = "mail-templates", _("Email templates"), _("Email template"), TEMPLATES
    answer, new = TemplateAnswer, NewTemplateBody
    changes = changes_of(NewTemplateBody, "TemplateChanges", without=("about",))

    def rows(self, user: Any) -> QuerySet[MailTemplate]:
        del user
        return MailTemplate.objects.all()

    def shown(self, record: MailTemplate, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "name": record.name,
            "about": record.about,
            "subject": record.subject,
            "body": record.body_html,
            "is_standard": bool(record.key),
        }

    def create(self, user: Any, body: NewTemplateBody) -> MailTemplate:
        del user
        known = [kind.about for kind in TEMPLATE_KINDS]
        if body.about not in known:
            raise invalid("about", __("Use one of: %(known)s.") % {"known": ", ".join(known)})
        return save_template(TemplateText(**body.model_dump()))

    def change(self, user: Any, record: MailTemplate, body: Any) -> None:
        del user
        before = {"name": record.name, "about": record.about, "subject": record.subject, "body": record.body_html}
        save_template(TemplateText(**before | sent(body)), pk=record.pk)

    def delete(self, user: Any, record: MailTemplate) -> None:
        del user
        delete_template(record.pk)


class IncomingMailAnswer(Answer):
    id: int
    state: str
    outcome: str
    explanation: str
    from_address: str
    subject: str
    recipients: list[str] = Field(description="Of the envelope.")
    message_id: str
    size: int = Field(description="In bytes.")
    received_via: str
    received_at: datetime
    last_error: str


class IncomingMails(Resource[IncomingMail]):
    key, title, one, screen = "incoming-mails", _("Incoming mails"), _("Incoming mail"), INCOMING
    answer = IncomingMailAnswer

    def rows(self, user: Any) -> QuerySet[IncomingMail]:
        return incoming_visible_to(user).without_raw()

    def shown(self, record: IncomingMail, user: Any) -> Mapping[str, Any]:
        del user
        return {"id": record.pk} | {
            name: getattr(record, name) for name in IncomingMailAnswer.model_fields if name != "id"
        }

    def may_change(self, user: Any, record: IncomingMail) -> bool:
        del record
        return can_administer_mail(user)


class OutgoingMailAnswer(Answer):
    id: int
    state: str
    to_address: str
    to_name: str
    from_address: str
    subject: str
    message_id: str
    is_automatic: bool
    attempts: int
    due_at: datetime = Field(description="Not sent before this moment.")
    created_at: datetime
    sent_at: datetime | None
    last_error: str


class OutgoingMails(Resource[OutgoingMail]):
    key, title, one, screen = "outgoing-mails", _("Outgoing mails"), _("Outgoing mail"), OUTGOING
    answer = OutgoingMailAnswer

    def rows(self, user: Any) -> QuerySet[OutgoingMail]:
        return outgoing_visible_to(user).without_text()

    def shown(self, record: OutgoingMail, user: Any) -> Mapping[str, Any]:
        del user
        return {"id": record.pk} | {
            name: getattr(record, name) for name in OutgoingMailAnswer.model_fields if name != "id"
        }

    def may_change(self, user: Any, record: OutgoingMail) -> bool:
        del record
        return can_administer_mail(user)


TEMPLATES_API, INCOMING_API, OUTGOING_API = Templates(), IncomingMails(), OutgoingMails()


def _read_again(record: IncomingMail, user: Any) -> IncomingMail:
    """Have a mail that could not be read tried again."""
    del user
    read_again(record.pk, at=now())
    return record


def _send_again(record: OutgoingMail, user: Any) -> OutgoingMail:
    """Have a mail that was not delivered sent again."""
    del user
    send_again(record.pk, at=now())
    return record


def _source(user: Any, record: IncomingMail) -> FileResponse:
    """The message byte for byte, as it came; for administrators of the mail."""
    if not can_administer_mail(user):
        raise PermissionDenied
    raw = IncomingMail.objects.values_list("raw", flat=True).get(pk=record.pk)
    return FileResponse(BytesIO(bytes(raw)), as_attachment=True, filename=f"mail-{record.pk}.eml", content_type=_RAW)


INCOMING_API.download(Download("content", "content", _("Download"), [_RAW], _source))
INCOMING_API.verb(Verb("PUT", "reading", "read-again", _("Read again"), _read_again, scope="reading"))
OUTGOING_API.verb(Verb("PUT", "sending", "send-again", _("Send again"), _send_again, scope="sending"))
