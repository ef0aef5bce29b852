"""The lists of mail servers and the page of each, for administrators of the settings."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import can_configure
from deskhand.base.mail.models import IncomingServer, MailServer, MailSetup, OutgoingServer
from deskhand.base.mail.pages.screens import SETTINGS
from deskhand.base.mail.pages.server_forms import IncomingServerForm, OutgoingServerForm
from deskhand.base.mail.services.servers import (
    delete_server,
    save_incoming_server,
    save_outgoing_server,
    set_server_active,
)
from deskhand.kit.clock import now
from deskhand.kit.panels import Place
from deskhand.kit.screens import Column, EmptyState, Filter, Group, RecordScreen, Sheet
from deskhand.kit.ui.shapes import Badge, HeaderButton

#: Messages left in a mailbox that its page shows.
_SHOWN = 50
_FAILING = Filter("failing", _("Failing"), ~Q(last_error=""))


def server_badge(server: MailServer) -> Badge:
    """Whether a server did what it should when it was last asked."""
    if server.last_error:
        return Badge(_("Failing"), icon="alert-triangle", tone="bad", title=server.last_error)
    if server.checked_at is None:
        return Badge(_("Not used yet"), icon="clock")
    return Badge(_("Works"), icon="check", tone="ok")


def _test(server: Any, user: Any) -> HeaderButton | None:
    if not can_configure(user):
        return None
    way = "outgoing" if isinstance(server, OutgoingServer) else "incoming"
    return HeaderButton(
        _("Test Connection"), reverse(f"mail:{way}-server-test", args=[server.pk]), icon="plug-connected", method="post"
    )


def _test_mail(server: OutgoingServer, user: Any) -> HeaderButton | None:
    url = reverse("mail:outgoing-server-test-mail", args=[server.pk])
    return HeaderButton(_("Send me a test mail"), url, icon="send", method="post") if can_configure(user) else None


def _fetch(server: IncomingServer, user: Any) -> HeaderButton | None:
    if not can_configure(user) or not server.is_active:
        return None
    url = reverse("mail:incoming-server-fetch", args=[server.pk])
    return HeaderButton(_("Fetch now"), url, icon="download", method="post")


OUTGOING_BUTTONS: Place[Any] = Place("mail.outgoing_server_buttons")
INCOMING_BUTTONS: Place[Any] = Place("mail.incoming_server_buttons")
OUTGOING_BUTTONS.add(_test, order=10)
OUTGOING_BUTTONS.add(_test_mail, order=20)
INCOMING_BUTTONS.add(_test, order=10)
INCOMING_BUTTONS.add(_fetch, order=20)


class OutgoingServers(RecordScreen[OutgoingServer]):
    """*Outgoing Mail Servers*."""

    model = OutgoingServer
    title = _("Outgoing Mail Servers")
    app_key = SETTINGS
    list_url, new_url, record_url = "mail:outgoing-servers", "mail:new-outgoing-server", "mail:outgoing-server"
    columns = (
        Column("priority", width="s", align="end"),
        Column("name", is_primary=True, card="title"),
        Column("place", _("Server"), card="start", sort=["host", "port"]),
        Column("username", is_shown=False),
        Column("from_filter", width="l", card="start-2"),
        Column("state", _("State"), value=server_badge, kind="badge", width="m", card="end"),
    )
    search = ("name", "host", "username", "from_filter")
    filters = (_FAILING,)
    groups = (Group("host", _("Server")), Group("security", _("Encryption")))
    order = ("priority", "pk")
    archived = Q(is_active=False)
    empty = EmptyState(
        "send", _("No server yet"), _("While Custom Email Servers is on, mails leave by the servers that stand here.")
    )
    form = OutgoingServerForm
    importer = None  # few, with a password each, and no password belongs into a file
    sheet = Sheet(
        left=["host", "security", "port", "username", "password"],
        right=["from_filter", "priority", "trusted_certificate"],
    )
    record_template = "mail/outgoing_server.html"
    header_buttons = OUTGOING_BUTTONS

    def rows(self, request: HttpRequest) -> QuerySet[OutgoingServer]:
        return OutgoingServer.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def may_delete(self, user: Any, record: OutgoingServer) -> bool:
        del record
        return can_configure(user)

    def create(self, request: HttpRequest, form: OutgoingServerForm) -> OutgoingServer:
        return save_outgoing_server(None, form.details(), by=_person(request))

    def change(self, request: HttpRequest, record: OutgoingServer, form: OutgoingServerForm) -> None:
        save_outgoing_server(record.pk, form.details(), by=_person(request))

    def archive(self, request: HttpRequest, record: OutgoingServer) -> None:
        set_server_active(record, is_active=False, by=_person(request))

    def restore(self, request: HttpRequest, record: OutgoingServer) -> None:
        set_server_active(record, is_active=True, by=_person(request))

    def delete(self, request: HttpRequest, record: OutgoingServer) -> None:
        delete_server(record, by=_person(request))

    def record_context(self, request: HttpRequest, record: OutgoingServer) -> dict[str, Any]:
        del request
        return {"state": server_badge(record), "is_in_use": _is_in_use()}


class IncomingServers(RecordScreen[IncomingServer]):
    """*Incoming Mail Servers*."""

    model = IncomingServer
    title = _("Incoming Mail Servers")
    app_key = SETTINGS
    list_url, new_url, record_url = "mail:incoming-servers", "mail:new-incoming-server", "mail:incoming-server"
    columns = (
        Column("name", is_primary=True, card="title"),
        Column("place", _("Server"), card="start", sort=["host", "port"]),
        Column("kind", width="s"),
        Column("username", width="l", card="start-2"),
        Column("state", _("State"), value=server_badge, kind="badge", width="m", card="end"),
        Column("fetched_at", kind="ago", align="end", width="s", card="end-2"),
    )
    search = ("name", "host", "username")
    filters = (_FAILING,)
    groups = (Group("host", _("Server")), Group("kind", _("Protocol")))
    order = ("name", "pk")
    archived = Q(is_active=False)
    empty = EmptyState(
        "inbox",
        _("No mailbox yet"),
        _("While Custom Email Servers is on, the mailboxes that stand here are read each minute."),
    )
    form = IncomingServerForm
    importer = None  # few, with a password each, and no password belongs into a file
    sheet = Sheet(
        left=["kind", "host", "security", "port", "username", "password"],
        right=["folder", "afterwards", "move_to", "otherwise_to", "trusted_certificate"],
    )
    record_template = "mail/incoming_server.html"
    header_buttons = INCOMING_BUTTONS

    def rows(self, request: HttpRequest) -> QuerySet[IncomingServer]:
        return IncomingServer.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def may_delete(self, user: Any, record: IncomingServer) -> bool:
        del record
        return can_configure(user)

    def create(self, request: HttpRequest, form: IncomingServerForm) -> IncomingServer:
        return save_incoming_server(None, form.details(), by=_person(request), at=now())

    def change(self, request: HttpRequest, record: IncomingServer, form: IncomingServerForm) -> None:
        save_incoming_server(record.pk, form.details(), by=_person(request), at=now())

    def archive(self, request: HttpRequest, record: IncomingServer) -> None:
        set_server_active(record, is_active=False, by=_person(request))

    def restore(self, request: HttpRequest, record: IncomingServer) -> None:
        set_server_active(record, is_active=True, by=_person(request))

    def delete(self, request: HttpRequest, record: IncomingServer) -> None:
        delete_server(record, by=_person(request))

    def record_context(self, request: HttpRequest, record: IncomingServer) -> dict[str, Any]:
        del request
        passed = record.passed.exclude(reason="")[:_SHOWN]
        return {"state": server_badge(record), "is_in_use": _is_in_use(), "passed": list(passed)}


def _person(request: HttpRequest) -> Any:
    return request.user


def _is_in_use() -> bool:
    return MailSetup.objects.filter(uses_custom_servers=True).exists()


OUTGOING_SERVERS = OutgoingServers()
INCOMING_SERVERS = IncomingServers()
