"""Mail servers in the API. Passwords go in and never come out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.mail.enums import Afterwards, BoxKind, Security
from deskhand.base.mail.models import IncomingServer, MailServer, OutgoingServer, PassedMessage
from deskhand.base.mail.pages.server_screens import INCOMING_SERVERS, OUTGOING_SERVERS
from deskhand.base.mail.services.fetching import fetch_now, fetch_passed_again
from deskhand.base.mail.services.servers import (
    IncomingDetails,
    OutgoingDetails,
    delete_server,
    save_incoming_server,
    save_outgoing_server,
    set_server_active,
)
from deskhand.kit.api.checks import Email
from deskhand.kit.api.public import Answer, Body, Name, Part, Resource, Verb, changes_of, sent
from deskhand.kit.api.shapes import NO_NUL
from deskhand.kit.clock import now

Word = Annotated[str, Field(pattern=NO_NUL, max_length=200)]
Port = Annotated[int, Field(ge=1, le=65_535)]
Secret = Annotated[str, Field(pattern=NO_NUL, max_length=500, json_schema_extra={"writeOnly": True})]
Certificate = Annotated[str, Field(pattern=NO_NUL, max_length=50_000)]
Encryption = Literal["none", "starttls", "tls"]


class ServerAnswer(Answer):
    id: int
    name: str
    host: str
    port: int
    security: str
    username: str
    has_password: bool = Field(description="The password itself is never told.")
    trusted_certificate: str
    is_active: bool
    checked_at: datetime | None
    last_error: str = Field(description="Empty: it worked when it was last used.")


class OutgoingServerAnswer(ServerAnswer):
    from_filter: str
    priority: int


class IncomingServerAnswer(ServerAnswer):
    kind: str
    folder: str
    afterwards: str
    move_to: str
    otherwise_to: str
    fetched_at: datetime | None
    due_at: datetime
    failures: int = Field(description="In a row.")


class NewOutgoingServerBody(Body):
    name: Annotated[Name, Field(max_length=80)]
    host: Annotated[str, Field(pattern=NO_NUL, min_length=1, max_length=253)]
    port: Port | None = Field(default=None, description="Null: the usual one.")
    security: Encryption = "tls"
    username: Annotated[str, Field(pattern=NO_NUL, max_length=254)] = ""
    password: Secret = ""
    trusted_certificate: Certificate = Field(default="", description="PEM; besides those that the machine trusts.")
    from_filter: Annotated[str, Field(pattern=NO_NUL, max_length=500)] = Field(
        default="", description="Addresses and domains whose mails it takes, with commas; empty: all."
    )
    priority: Annotated[int, Field(ge=1, le=32_000)] = 10


class NewIncomingServerBody(Body):
    name: Annotated[Name, Field(max_length=80)]
    host: Annotated[str, Field(pattern=NO_NUL, min_length=1, max_length=253)]
    port: Port | None = Field(default=None, description="Null: the usual one.")
    security: Encryption = "tls"
    username: Annotated[str, Field(pattern=NO_NUL, max_length=254)] = ""
    password: Secret = ""
    trusted_certificate: Certificate = Field(default="", description="PEM; besides those that the machine trusts.")
    kind: Literal["imap", "pop3"] = "imap"
    folder: Annotated[str, Field(pattern=NO_NUL, min_length=1, max_length=200)] = "INBOX"
    afterwards: Literal["keep", "move", "delete"] = Field(
        default="keep", description="What becomes of a message there, once it is stored here."
    )
    move_to: Word = ""
    otherwise_to: Email = Field(default="", description="Who gets messages that name none of our addresses.")


class PassedAnswer(Answer):
    id: int
    sender: str
    subject: str
    size: int
    reason: str
    noted_at: datetime


def _shown(server: MailServer, answer: type[ServerAnswer]) -> dict[str, Any]:
    plain = {name: getattr(server, name) for name in answer.model_fields if name not in {"id", "has_password"}}
    return {"id": server.pk, "has_password": bool(server.sealed_password)} | plain


class OutgoingServers(Resource[OutgoingServer]):
    key, title, one = "outgoing-mail-servers", _("Outgoing mail servers"), _("Outgoing mail server")
    screen, answer, new = OUTGOING_SERVERS, OutgoingServerAnswer, NewOutgoingServerBody
    changes = changes_of(NewOutgoingServerBody, "OutgoingServerChanges")

    def rows(self, user: Any) -> QuerySet[OutgoingServer]:
        return OutgoingServer.objects.visible_to(user)

    def shown(self, record: OutgoingServer, user: Any) -> Mapping[str, Any]:
        del user
        return _shown(record, OutgoingServerAnswer)

    def create(self, user: Any, body: NewOutgoingServerBody) -> OutgoingServer:
        return save_outgoing_server(None, _outgoing(body.model_dump()), by=user)

    def change(self, user: Any, record: OutgoingServer, body: Any) -> None:
        known = {name: getattr(record, name) for name in NewOutgoingServerBody.model_fields if name != "password"}
        save_outgoing_server(record.pk, _outgoing(known | {"password": ""} | sent(body)), by=user)

    def archive(self, user: Any, record: OutgoingServer) -> None:
        set_server_active(record, is_active=False, by=user)

    def restore(self, user: Any, record: OutgoingServer) -> None:
        set_server_active(record, is_active=True, by=user)

    def delete(self, user: Any, record: OutgoingServer) -> None:
        delete_server(record, by=user)


class IncomingServers(Resource[IncomingServer]):
    key, title, one = "incoming-mail-servers", _("Incoming mail servers"), _("Incoming mail server")
    screen, answer, new = INCOMING_SERVERS, IncomingServerAnswer, NewIncomingServerBody
    changes = changes_of(NewIncomingServerBody, "IncomingServerChanges")

    def rows(self, user: Any) -> QuerySet[IncomingServer]:
        return IncomingServer.objects.visible_to(user)

    def shown(self, record: IncomingServer, user: Any) -> Mapping[str, Any]:
        del user
        return _shown(record, IncomingServerAnswer)

    def create(self, user: Any, body: NewIncomingServerBody) -> IncomingServer:
        return save_incoming_server(None, _incoming(body.model_dump()), by=user, at=now())

    def change(self, user: Any, record: IncomingServer, body: Any) -> None:
        known = {name: getattr(record, name) for name in NewIncomingServerBody.model_fields if name != "password"}
        save_incoming_server(record.pk, _incoming(known | {"password": ""} | sent(body)), by=user, at=now())

    def archive(self, user: Any, record: IncomingServer) -> None:
        set_server_active(record, is_active=False, by=user)

    def restore(self, user: Any, record: IncomingServer) -> None:
        set_server_active(record, is_active=True, by=user)

    def delete(self, user: Any, record: IncomingServer) -> None:
        delete_server(record, by=user)


def _outgoing(values: Mapping[str, Any]) -> OutgoingDetails:
    return OutgoingDetails(**{**values, "security": Security(values["security"])})


def _incoming(values: Mapping[str, Any]) -> IncomingDetails:
    chosen = {
        "security": Security(values["security"]),
        "kind": BoxKind(values["kind"]),
        "afterwards": Afterwards(values["afterwards"]),
    }
    return IncomingDetails(**{**values, **chosen})


def _fetch(record: IncomingServer, user: Any) -> IncomingServer:
    """Have the mailbox read now, by the worker."""
    del user
    fetch_now(record.pk, at=now())
    record.refresh_from_db()
    return record


def _try_passed_again(record: IncomingServer, user: Any) -> None:
    """Have messages that were left in the mailbox tried again."""
    del user
    fetch_passed_again(record.pk)


def _passed(record: IncomingServer, user: Any) -> QuerySet[PassedMessage]:
    """Messages that lie in the mailbox and are not fetched, each with its reason."""
    del user
    return record.passed.exclude(reason="")


def _passed_shown(message: PassedMessage) -> Mapping[str, Any]:
    return {name: getattr(message, "pk" if name == "id" else name) for name in PassedAnswer.model_fields}


OUTGOING_SERVERS_API, INCOMING_SERVERS_API = OutgoingServers(), IncomingServers()
INCOMING_SERVERS_API.verb(Verb("POST", "fetches", "fetch", _("Fetch now"), _fetch))
INCOMING_SERVERS_API.verb(
    Verb("DELETE", "passed-messages", "try-passed-again", _("Try left messages again"), _try_passed_again, status=204)
)
INCOMING_SERVERS_API.part(
    Part("passed-messages", "passed-messages", _("List messages left in the mailbox"), _passed, _passed_shown,
         PassedAnswer, ("-pk",))
)  # fmt: skip
