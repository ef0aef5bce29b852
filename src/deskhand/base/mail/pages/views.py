"""Pages of single mails, their source, having them tried again, and the preview of a template."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from deskhand.base.mail.models import IncomingMail, MailTemplate, OutgoingMail
from deskhand.base.mail.pages.letters import readable
from deskhand.base.mail.pages.previews import preview_of
from deskhand.base.mail.pages.screens import INCOMING, OUTGOING, SETTINGS
from deskhand.base.mail.policies import can_administer_mail, can_see_mail
from deskhand.base.mail.queries import (
    incoming_visible_to,
    outcome_badge,
    outgoing_visible_to,
    sending_badge,
    via_label,
)
from deskhand.base.mail.services.reading import read_again
from deskhand.base.mail.services.sending import send_again
from deskhand.base.mail.services.templates import template_kind
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.keys import key_of
from deskhand.kit.ui.responses import toast

_PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@require_safe
@login_required
def incoming_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail that came in, for administrators."""
    _require_administrator(request)
    mail = get_object_or_404(incoming_visible_to(request.user), pk=pk)
    context = {
        "app_key": SETTINGS,
        "mail": mail,
        "letter": readable(mail),
        "state": outcome_badge(mail),
        "via": via_label(mail.received_via),
        "record": _record_link(mail),
        "list_title": INCOMING.title,
    }
    return render(request, "mail/incoming.html", context)


@require_safe
@login_required
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The same in a pop-up, for those who see the record it led to."""
    mail = _visible_incoming(request, pk)
    context = {
        "mail": mail,
        "letter": readable(mail),
        "state": outcome_badge(mail),
        "via": via_label(mail.received_via),
    }
    return render(request, "mail/original.html", context)


@require_safe
@login_required
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The message byte for byte, as a file."""
    mail = _visible_incoming(request, pk)
    return HttpResponse(
        bytes(mail.raw),
        content_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="mail-{mail.pk}.eml"', "Cache-Control": "private"},
    )


@require_POST
@login_required
def incoming_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a mail that could not be read tried again."""
    _require_administrator(request)
    mail = get_object_or_404(incoming_visible_to(request.user).without_raw(), pk=pk)
    try:
        read_again(mail.pk, at=now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The mail will be read again in a moment. Reload the page to see what became of it.")
        )
    return redirect("mail:incoming-mail", pk)


@require_safe
@login_required
def outgoing_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail of the outbox, for administrators. What it said stands in the record's conversation."""
    _require_administrator(request)
    mail = get_object_or_404(outgoing_visible_to(request.user).select_related("chatter_message", "server"), pk=pk)
    context = {
        "app_key": SETTINGS,
        "mail": mail,
        "state": sending_badge(mail),
        "record": _record_link(mail),
        "list_title": OUTGOING.title,
    }
    return render(request, "mail/outgoing.html", context)


@require_POST
@login_required
def outgoing_sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a failed mail again, for those who see its record. Goes back to ``next``."""
    mail = get_object_or_404(OutgoingMail.objects.without_text(), pk=pk)
    if not can_see_mail(request.user, mail):
        raise Http404
    try:
        send_again(mail.pk, at=now())
        text, tone = _("The mail to %(address)s will be sent again.") % {"address": mail.to_address}, ""
    except DomainError as refusal:
        text, tone = str(refusal), "bad"
    if request.headers.get("HX-Request"):
        return toast(HttpResponse(status=204), text, tone=tone)
    messages.add_message(request, messages.ERROR if tone else messages.SUCCESS, text)
    return redirect(_next(request) or reverse("mail:outgoing-mail", args=[pk]))


@xframe_options_sameorigin
@login_required
def template_preview(request: HttpRequest, about: str) -> HttpResponse:
    """A template as a customer would get it, with sample data: the saved one (``?template=``), or what is typed."""
    _require_administrator(request)
    try:
        kind = template_kind(about)
    except KeyError as error:
        raise Http404 from error
    if request.method == "POST":
        template = MailTemplate(about=about, subject=request.POST.get("subject", ""))
        body = request.POST.get("body", "")
    else:
        wanted = key_of(request.GET.get("template", "")) or 0
        template = get_object_or_404(MailTemplate, about=about, pk=wanted)
        body = template.body_html
    response = render(request, "mail/preview.html", preview_of(template.subject, body, kind))
    response["Content-Security-Policy"] = _PREVIEW_POLICY
    return response


def _require_administrator(request: HttpRequest) -> None:
    if not can_administer_mail(request.user):
        raise PermissionDenied


def _visible_incoming(request: HttpRequest, pk: int) -> IncomingMail:
    mail = get_object_or_404(IncomingMail, pk=pk)
    if not can_see_mail(request.user, mail):
        raise Http404
    return mail


def _record_link(mail: IncomingMail | OutgoingMail) -> dict[str, Any] | None:
    if mail.content_type_id is None or mail.object_id is None:
        return None
    record = records.find(mail.content_type_id, mail.object_id)
    if record is None:
        return None
    record_type = records.type_of(record)
    return {"title": record_type.title(record), "url": record_type.url(record)}


def _next(request: HttpRequest) -> str:
    url = request.POST.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else ""
