"""The lists of the mail: templates, what came in, what goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.models import IncomingMail, MailTemplate, OutgoingMail
from deskhand.base.mail.pages.forms import TemplateForm
from deskhand.base.mail.places import TEMPLATE_KINDS
from deskhand.base.mail.policies import can_administer_mail
from deskhand.base.mail.queries import (
    incoming_visible_to,
    outcome_badge,
    outgoing_visible_to,
    sending_badge,
    via_label,
)
from deskhand.base.mail.services.reading import read_again
from deskhand.base.mail.services.sending import send_again
from deskhand.base.mail.services.templates import delete_template, save_template, template_kind
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListScreen, RecordScreen, Sheet
from deskhand.kit.screens.actions import Doing, MassAction
from deskhand.kit.work.models import WorkState

SETTINGS = "settings"


class Templates(RecordScreen[MailTemplate]):
    """*Email Templates*."""

    model = MailTemplate
    title = _("Email Templates")
    app_key = SETTINGS
    list_url, new_url, record_url = "mail:templates", "mail:new-template", "mail:template"
    columns = (
        Column("name", is_primary=True, card="title"),
        Column("about", _("About"), value=lambda template: template_kind(template.about).title, width="s", card="end"),
        Column("subject", card="start"),
    )
    search = ("name", "subject", "body_html")
    groups = (Group("about", _("About"), labels=lambda about: str(template_kind(about).title)),)
    order = ("name", "pk")
    empty = EmptyState(
        icon="template", title=_("No template yet"), text=_("Templates are mails that stages send to customers.")
    )
    form = TemplateForm
    importer = None  # a mail is written and looked at, not a row
    sheet = Sheet(left=["about"], below=["subject", "body"])
    record_template = "mail/template.html"

    def rows(self, request: HttpRequest) -> QuerySet[MailTemplate]:
        del request
        return MailTemplate.objects.all()

    def may_open(self, user: Any) -> bool:
        return can_administer_mail(user)

    def may_delete(self, user: Any, record: MailTemplate) -> bool:
        del user
        return not record.key

    def create(self, request: HttpRequest, form: TemplateForm) -> MailTemplate:
        del request
        return save_template(form.text())

    def change(self, request: HttpRequest, record: MailTemplate, form: TemplateForm) -> None:
        del request
        save_template(form.text(), pk=record.pk)

    def delete(self, request: HttpRequest, record: MailTemplate) -> None:
        del request
        delete_template(record.pk)

    def form_context(self, request: HttpRequest, record: MailTemplate | None) -> dict[str, Any]:
        """What may be said about the record of the template; of a new one, about each that may be chosen."""
        del request
        return {"kinds": [template_kind(record.about)] if record else list(TEMPLATE_KINDS)}

    def record_context(self, request: HttpRequest, record: MailTemplate) -> dict[str, Any]:
        del request
        return {
            "preview_url": reverse("mail:template-preview", args=[record.about]),
            "first_preview_url": reverse("mail:template-preview", args=[record.about]) + f"?template={record.pk}",
        }


class IncomingMails(ListScreen[IncomingMail]):
    """*Incoming Mail*: everything that came, also what answers nothing or could not be read."""

    model = IncomingMail
    title = _("Incoming Mail")
    app_key = SETTINGS
    list_url, record_url = "mail:incoming", "mail:incoming-mail"
    columns = (
        Column("outcome", value=outcome_badge, kind="badge", sort=["outcome"], width="m", card="end-2"),
        Column("from_address", card="start", width="l"),
        Column("subject", value=str, is_primary=True, card="title"),
        Column("explanation", card="start-2"),
        Column("received_at", kind="ago", align="end", width="s", card="end"),
    )
    search = ("subject", "from_address", "sender", "explanation", "message_id")
    filters = (
        Filter("failed", _("Unreadable"), Q(outcome=Outcome.FAILED)),
        Filter("pending", _("Not read yet"), Q(outcome=Outcome.PENDING)),
        Filter("ignored", _("Kept only"), Q(outcome__in=[Outcome.IGNORED, Outcome.DUPLICATE])),
        Filter("delivered", _("Delivered"), Q(outcome__in=[Outcome.CREATED, Outcome.JOINED])),
    )
    groups = (
        Group("outcome", _("Outcome")),
        Group("from", _("From"), path="from_address"),
        Group("via", _("Received by"), path="received_via", labels=via_label),
        Group("received", _("Received on"), path="received_at", by="month"),
    )
    order = ("-received_at", "-pk")
    empty = EmptyState(
        icon="inbox",
        title=_("No mail has come in yet"),
        text=_("Every mail to a team's address is kept here, with what became of it."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[IncomingMail]:
        return incoming_visible_to(request.user).without_raw()

    def may_open(self, user: Any) -> bool:
        return can_administer_mail(user)

    def mass_actions(self) -> Sequence[MassAction]:
        return (MassAction("read-again", _("Read again"), "refresh", _read, done=_read_again_done),)


class OutgoingMails(ListScreen[OutgoingMail]):
    """*Outgoing Mail*: the outbox, and what has left it."""

    model = OutgoingMail
    title = _("Outgoing Mail")
    app_key = SETTINGS
    list_url, record_url = "mail:outgoing", "mail:outgoing-mail"
    columns = (
        Column("state", value=sending_badge, kind="badge", sort=["state"], width="m", card="end-2"),
        Column("to_address", card="start", width="l"),
        Column("subject", is_primary=True, card="title"),
        Column("last_error", _("Reason"), card="start-2"),
        Column("created_at", kind="ago", align="end", width="s", card="end"),
    )
    search = ("subject", "to_address", "to_name", "last_error", "message_id")
    filters = (
        Filter("failed", _("Not delivered"), Q(state=WorkState.FAILED)),
        Filter("waiting", _("Waiting"), Q(state__in=[WorkState.WAITING, WorkState.WORKING])),
        Filter("troubled", _("Will be tried again"), Q(state=WorkState.WAITING) & ~Q(last_error="")),
        Filter("sent", _("Sent"), Q(state=WorkState.DONE)),
    )
    groups = (
        Group("state", _("State")),
        Group("to", _("To"), path="to_address"),
        Group("from", _("From"), path="from_address"),
        Group("server", _("Server"), label_path="server__name", empty=_("As the installation is set up")),
        Group("created", _("Created on"), path="created_at", by="month"),
    )
    order = ("-created_at", "-pk")
    empty = EmptyState(
        icon="send",
        title=_("No mail has gone out yet"),
        text=_("Messages to customers and followers stand here until they are sent."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        return outgoing_visible_to(request.user).without_text()

    def may_open(self, user: Any) -> bool:
        return can_administer_mail(user)

    def mass_actions(self) -> Sequence[MassAction]:
        return (MassAction("send-again", _("Send again"), "send", _send, done=_send_again_done),)


def _read(mail: IncomingMail, doing: Doing) -> bool:
    """Those that were read already are listed with that sentence."""
    read_again(mail.pk, at=doing.at)
    return True


def _send(mail: OutgoingMail, doing: Doing) -> bool:
    """Those that did not fail, or bounced later, are listed with that sentence."""
    send_again(mail.pk, at=doing.at)
    return True


def _read_again_done(count: int) -> str:
    return ngettext("%(count)s mail will be read again.", "%(count)s mails will be read again.", count) % {
        "count": count
    }


def _send_again_done(count: int) -> str:
    return ngettext("%(count)s mail will be sent again.", "%(count)s mails will be sent again.", count) % {
        "count": count
    }


TEMPLATES = Templates()
INCOMING = IncomingMails()
OUTGOING = OutgoingMails()
