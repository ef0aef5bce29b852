"""The mails of a ticket as ready strings: a tab that hardly anybody opens should cost little."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deskhand.kit.addresses import record_address
from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.moments import when
from deskhand.kit.ui.parts import badge
from deskhand.support.intake.queries import TicketMail


def mail_rows(mails: Iterable[TicketMail], ticket_pk: int, csrf_token: str) -> SafeString:
    """A row a mail: which way, what, its state, and what can be done with it."""
    received, sent = icon("mail-down", "s", label=_("Received")), icon("mail-up", "s", label=_("Sent"))
    return SafeString(
        "".join(
            [
                _row(mail, received, _doors_of_received(mail))
                if mail.direction == "in"
                else _row(mail, sent, _sending(mail, ticket_pk, csrf_token) if mail.has_failed else "")
                for mail in mails
            ]
        )
    )


def _row(mail: TicketMail, sign: str, doors: str) -> str:
    note = f'<div class="note t13 ink-2">{escape(mail.note)}</div>' if mail.note else ""
    return (
        f'<li class="dh-mail-row"><span class="ink-2">{sign}</span><div class="what">'
        f'<div class="w5" dir="auto">{escape(mail.subject)}</div>'
        f'<div class="t13 ink-2"><bdi>{escape(mail.sender)}</bdi> → <bdi>{escape(mail.recipient)}</bdi>'
        f' · {when(mail.at)}</div></div><div class="dh-mail-do">{badge(mail.state)}{doors}</div>{note}</li>'
    )


def _doors_of_received(mail: TicketMail) -> SafeString:
    return format_html(
        '<button type="button" class="btn btn-ghost btn-i sm" hx-get="{}" hx-target="#dh-popup" aria-label="{}"'
        ' title="{}">{}</button> <a class="btn btn-ghost btn-i sm" href="{}" aria-label="{}" title="{}">{}</a>',
        record_address("mail:original", mail.pk),
        _("Open the mail %(subject)s") % {"subject": mail.subject},
        pgettext("a button", "Open"),
        icon("eye", "s"),
        record_address("mail:source", mail.pk),
        _("Download the mail %(subject)s") % {"subject": mail.subject},
        _("Download"),
        icon("download", "s"),
    )


def _sending(mail: TicketMail, ticket_pk: int, csrf_token: str) -> SafeString:
    return format_html(
        '<form method="post" action="{0}" hx-post="{0}" hx-swap="none">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{1}"><input type="hidden" name="next" value="{2}">'
        '<button class="btn btn-quiet btn-sm">{3}</button></form>',
        record_address("mail:outgoing-sending", mail.pk),
        csrf_token,
        record_address("tickets:ticket", ticket_pk),
        _("Send again"),
    )
