"""What is done with mail servers: tests, fetching, and trying left messages again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from deskhand.base.companies.public import settings_page
from deskhand.base.mail.models import IncomingServer, OutgoingServer
from deskhand.base.mail.services.fetching import fetch_now, fetch_passed_again
from deskhand.base.mail.services.trying import Trial, try_incoming_server, try_outgoing_server
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError


@require_POST
@settings_page
def outgoing_test(request: HttpRequest, pk: int) -> HttpResponse:
    """*Test Connection*: answers within ten seconds."""
    _say(request, try_outgoing_server(_outgoing(request, pk), at=now()))
    return redirect("mail:outgoing-server", pk)


@require_POST
@settings_page
def outgoing_test_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, and a mail to the administrator who asks for it."""
    user: Any = request.user
    _say(request, try_outgoing_server(_outgoing(request, pk), at=now(), to=user.email))
    return redirect("mail:outgoing-server", pk)


@require_POST
@settings_page
def incoming_test(request: HttpRequest, pk: int) -> HttpResponse:
    """*Test Connection*: answers within ten seconds, and fetches nothing."""
    _say(request, try_incoming_server(_incoming(request, pk), at=now()))
    return redirect("mail:incoming-server", pk)


@require_POST
@settings_page
def incoming_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """*Fetch now*: the worker does it, so that nobody waits for a full mailbox."""
    try:
        fetch_now(_incoming(request, pk).pk, at=now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mailbox is read now. Reload the page to see what came of it."))
    return redirect("mail:incoming-server", pk)


@require_POST
@settings_page
def incoming_passed(request: HttpRequest, pk: int) -> HttpResponse:
    """Messages that were left in a mailbox are tried again."""
    count = fetch_passed_again(_incoming(request, pk).pk)
    text = ngettext("%(count)s message is tried again.", "%(count)s messages are tried again.", count)
    messages.success(request, text % {"count": count})
    return redirect("mail:incoming-server", pk)


def _outgoing(request: HttpRequest, pk: int) -> OutgoingServer:
    return get_object_or_404(OutgoingServer.objects.visible_to(request.user), pk=pk)


def _incoming(request: HttpRequest, pk: int) -> IncomingServer:
    return get_object_or_404(IncomingServer.objects.visible_to(request.user), pk=pk)


def _say(request: HttpRequest, trial: Trial) -> None:
    messages.add_message(request, messages.SUCCESS if trial.is_well else messages.ERROR, trial.sentence)
