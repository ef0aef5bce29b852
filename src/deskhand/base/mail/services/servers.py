"""Mail servers that administrators keep here: made, changed, put away, deleted; and whether they are used at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import AuditKind, User, note_in_audit
from deskhand.base.mail.enums import USUAL_PORTS, Afterwards, BoxKind, Security
from deskhand.base.mail.events import FetchWanted
from deskhand.base.mail.models import IncomingServer, MailServer, MailSetup, OutgoingServer
from deskhand.base.mail.services.access import tls_context
from deskhand.base.mail.services.receiving import known_recipients
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.sealing import seal
from deskhand.kit.transactions import in_transaction

_HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?"
)
_IP6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+")
_SENDER = re.compile(r"([^\s@,]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_LONGEST_FILTER = 500
Server = TypeVar("Server", OutgoingServer, IncomingServer)


class HostUnusable(DomainError):
    code = "mail_host_unusable"
    message = _("Enter the name of a server such as mail.nordlys.example, without a protocol and without a port.")
    status = 422
    field = "host"


class FilterUnusable(DomainError):
    code = "from_filter_unusable"
    status = 422
    field = "from_filter"

    def __init__(self, word: str) -> None:
        super().__init__(
            __("“%(word)s” is neither an address nor a domain. Separate several by commas.") % {"word": word}
        )


class PasswordWantedAgain(DomainError):
    code = "mail_password_wanted_again"
    message = _("Enter the password again: the one that is kept is not told to another server, nor without encryption.")
    status = 422
    field = "password"


class UserMissing(DomainError):
    code = "mail_user_missing"
    message = _("Enter the user that the password belongs to.")
    status = 422
    field = "username"


class NotOneLine(DomainError):
    code = "not_one_line"
    message = _("Enter it on one line.")
    status = 422

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()


class FolderMissing(DomainError):
    code = "folder_missing"
    message = _("Enter the folder that messages are moved to, another one than they are fetched from.")
    status = 422
    field = "move_to"


class NoFolders(DomainError):
    code = "pop3_has_no_folders"
    message = _("POP3 knows no folders. Keep messages there, or delete them.")
    status = 422
    field = "afterwards"


class AddressUnknown(DomainError):
    code = "otherwise_to_unknown"
    message = _("No team receives mail at this address.")
    status = 422
    field = "otherwise_to"


@dataclass(frozen=True)
class ServerDetails:
    """What an administrator decides about any server. ``port`` None: the usual one. ``password`` empty: as before."""

    name: str
    host: str
    port: int | None
    security: Security
    username: str
    password: str
    trusted_certificate: str


@dataclass(frozen=True)
class OutgoingDetails(ServerDetails):
    from_filter: str = ""
    priority: int = 10


@dataclass(frozen=True)
class IncomingDetails(ServerDetails):
    kind: BoxKind = BoxKind.IMAP
    folder: str = "INBOX"
    afterwards: Afterwards = Afterwards.KEEP
    move_to: str = ""
    otherwise_to: str = ""


@in_transaction
def save_outgoing_server(pk: int | None, details: OutgoingDetails, *, by: User) -> OutgoingServer:
    """Make a server (``pk`` None), or change it.

    :raises HostUnusable: no name of a server; so the other refusals of this module.
    """
    server = OutgoingServer.objects.select_for_update().get(pk=pk) if pk else OutgoingServer()
    from_filter = senders_of(details.from_filter)
    _set(server, details, USUAL_PORTS["smtp"][details.security])
    server.from_filter, server.priority = from_filter, details.priority
    server.save()
    _tell(server, _("changed") if pk else _("added"), by)
    return server


@in_transaction
def save_incoming_server(pk: int | None, details: IncomingDetails, *, by: User, at: datetime) -> IncomingServer:
    """Make a server (``pk`` None), or change it; it is read at once.

    :raises HostUnusable: no name of a server; so the other refusals of this module.
    """
    server = IncomingServer.objects.select_for_update().get(pk=pk) if pk else IncomingServer()
    _refuse_odd_box(details)
    _set(server, details, USUAL_PORTS[details.kind][details.security])
    is_another = (server.kind, server.folder) != (details.kind, details.folder)
    for name in ("kind", "folder", "afterwards", "move_to", "otherwise_to"):
        setattr(server, name, getattr(details, name))
    server.due_at, server.failures = at, 0
    server.save()
    if pk and is_another:
        server.passed.all().delete()
    _tell(server, _("changed") if pk else _("added"), by)
    publish(FetchWanted(server.pk))
    return server


@in_transaction
def set_server_active(server: Server, *, is_active: bool, by: User) -> None:
    """Use a server, or no longer. What waits for it goes by another one that fits."""
    type(server)._default_manager.filter(pk=server.pk).update(is_active=is_active)  # noqa: SLF001
    _tell(server, _("restored") if is_active else _("archived"), by)


@in_transaction
def delete_server(server: Server, *, by: User) -> None:
    """Forget a server and its password; mails that came or went by it stay."""
    _tell(server, _("deleted"), by)
    type(server)._default_manager.filter(pk=server.pk).delete()  # noqa: SLF001


@in_transaction
def use_custom_servers(*, is_on: bool, by: User) -> None:
    """Switch *Custom Email Servers* on or off, for all companies."""
    setup, _made = MailSetup.objects.select_for_update().get_or_create(pk=1)
    if setup.uses_custom_servers == is_on:
        return
    setup.uses_custom_servers = is_on
    setup.save()
    state = __("on") if is_on else __("off")
    note_in_audit(AuditKind.SETTINGS_CHANGED, by, detail=__("Custom Email Servers: %(state)s") % {"state": state})


def senders_of(typed: str) -> str:
    """A from filter as it is kept: addresses and domains in small letters, with commas.

    :raises FilterUnusable: a word is neither.
    """
    found = [word.lower().removeprefix("@") for word in re.split(r"[\s,;]+", typed) if word]
    for word in found:
        if not _SENDER.fullmatch(word):
            raise FilterUnusable(word)
    kept = ", ".join(dict.fromkeys(found))
    if len(kept) > _LONGEST_FILTER:
        raise FilterUnusable(f"{kept[:40]}…")
    return kept


def _set(server: MailServer, details: ServerDetails, usual_port: int) -> None:
    host = details.host.strip().strip("[]").lower()
    if not (_HOST.fullmatch(host) or _IP6.fullmatch(host)):
        raise HostUnusable
    for field in ("username", "password"):
        if any(not char.isprintable() for char in getattr(details, field)):
            raise NotOneLine(field)
    if details.password and not details.username:
        raise UserMissing
    tls_context(details.trusted_certificate.strip())
    _set_password(server, details, host)
    server.name, server.host, server.port = details.name, host, details.port or usual_port
    server.security, server.username = details.security, details.username
    server.trusted_certificate, server.last_error = details.trusted_certificate.strip(), ""


def _set_password(server: MailServer, details: ServerDetails, host: str) -> None:
    """Whoever may change a server must not read its password by sending it to a server of their own."""
    if details.password:
        server.sealed_password = seal(details.password)
    elif not details.username:
        server.sealed_password = ""
    elif server.sealed_password:
        is_bare = details.security == Security.NONE and server.security != Security.NONE
        if is_bare or (server.host, server.username) != (host, details.username):
            raise PasswordWantedAgain


def _refuse_odd_box(details: IncomingDetails) -> None:
    for field in ("folder", "move_to"):
        if any(not char.isprintable() for char in getattr(details, field)):
            raise NotOneLine(field)
    if details.afterwards == Afterwards.MOVE:
        if details.kind == BoxKind.POP3:
            raise NoFolders
        if not details.move_to or details.move_to == details.folder:
            raise FolderMissing
    if details.otherwise_to and not known_recipients([details.otherwise_to]):
        raise AddressUnknown


def _tell(server: MailServer, what: object, by: User) -> None:
    kind = server._meta.verbose_name  # noqa: SLF001
    detail = f"{kind} “{server.name}” ({server.username + ' – ' if server.username else ''}{server.place}): {what}"
    note_in_audit(AuditKind.SETTINGS_CHANGED, by, detail=detail)
