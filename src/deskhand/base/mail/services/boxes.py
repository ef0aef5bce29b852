"""Mailboxes of other servers, read by IMAP or POP3: what lies in them, and what becomes of it once we have it.

Libraries are loaded when the first mailbox is read: most installations have none.
"""

from __future__ import annotations

import imaplib
import poplib
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskhand.base.mail.enums import Afterwards, BoxKind, Security
from deskhand.base.mail.services.access import Access, tls_context
from deskhand.base.mail.services.failures import NotTaken, no_starttls, sign_in_refused, words
from deskhand.kit.errors import DomainError

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

#: How long a server may take for one answer, in seconds.
PATIENCE = 15
#: Longer lines than the standard library reads are common in HTML that nobody has wrapped.
_LONGEST_LINE = 20_000_000
_HEADERS = "(BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)])"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class CannotOpen(DomainError):
    """The mailbox lets us not in, or has not what we want of it."""

    code = "mailbox_not_opened"


@dataclass(frozen=True)
class Heading:
    """Who wrote a message, and about what: for those that are not fetched."""

    sender: str
    subject: str


@dataclass(frozen=True)
class Wanted:
    """Which messages of a mailbox, and what becomes of them afterwards."""

    folder: str
    afterwards: Afterwards
    move_to: str


class Box(Protocol):
    """An open mailbox. ``uid`` is what its server calls a message, for ever."""

    def uids(self) -> list[str]:
        """Messages that wait to be fetched, the oldest first."""
        ...

    def size(self, uid: str) -> tuple[int, datetime | None]:
        """Bytes, and when it came, where the server knows.

        :raises KeyError: the message is gone.
        """
        ...

    def heading(self, uid: str) -> Heading: ...

    def message(self, uid: str) -> bytes:
        """The message byte for byte; it stays as it is.

        :raises KeyError: the message is gone.
        """
        ...

    def settle(self, uid: str) -> None:
        """Mark, move or delete a message that is stored here.

        :raises NotTaken: the server does not do that.
        """
        ...

    def contents(self) -> str:
        """A sentence about what lies in it."""
        ...

    def close(self) -> None: ...


def open_box(kind: BoxKind, access: Access, wanted: Wanted, *, timeout: float = PATIENCE) -> Box:
    """Connect, sign in, choose the folder.

    :raises CannotOpen: the server says no, in a sentence.
    :raises OSError: it is away; so :class:`imaplib.IMAP4.error`, :class:`poplib.error_proto`.
    """
    box = ImapBox if kind == BoxKind.IMAP else PopBox
    return box(access, wanted, timeout)


class ImapBox:
    """A folder of an IMAP server. Fetched is what is unread in it."""

    def __init__(self, access: Access, wanted: Wanted, timeout: float) -> None:
        self._wanted = wanted
        self._box = _imap(access, timeout)
        self._client: Any = self._box.client
        try:
            self._sign_in(access)
            # Asked anew: many servers tell strangers less than those who have signed in.
            self._can = frozenset(words(self._client.capability()[1]).upper().split())
            self._choose_folder()
        except BaseException:
            self.close()
            raise

    def _sign_in(self, access: Access) -> None:
        from imap_tools.errors import MailboxLoginError

        is_plain = access.username.isascii() and access.password.isascii()
        try:
            if is_plain:
                self._box.login(access.username, access.password, initial_folder=None)
            else:
                self._box.login_utf8(access.username, access.password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except MailboxLoginError as error:
            raise CannotOpen(sign_in_refused(access, error.command_result[1])) from error
        except imaplib.IMAP4.error as error:
            raise CannotOpen(sign_in_refused(access, error.args)) from error

    def _choose_folder(self) -> None:
        from imap_tools.errors import MailboxFolderSelectError

        try:
            self._box.folder.set(self._wanted.folder)
        except MailboxFolderSelectError as error:
            raise CannotOpen(
                _("The mailbox has no folder %(folder)s, or does not show it.") % {"folder": self._wanted.folder}
            ) from error
        if self._client.is_readonly and self._wanted.afterwards != Afterwards.KEEP:
            raise CannotOpen(_("The folder %(folder)s may only be read.") % {"folder": self._wanted.folder})
        validity = self._client.response("UIDVALIDITY")[1]
        self._validity = words(validity[0]) if validity and validity[0] else "0"
        if self._wanted.afterwards == Afterwards.MOVE and not self._box.folder.exists(self._wanted.move_to):
            self._box.folder.create(self._wanted.move_to)

    def uids(self) -> list[str]:
        return [f"{self._validity}.{number}" for number in self._box.uids("UNSEEN", charset=None)]

    def size(self, uid: str) -> tuple[int, datetime | None]:
        answer = b" ".join(_lines(self._fetched(uid, "(RFC822.SIZE INTERNALDATE)")))
        size, came = _SIZE.search(answer), imaplib.Internaldate2tuple(answer)
        if size is None:
            raise KeyError(uid)
        return int(size[1]), datetime.fromtimestamp(time.mktime(came), UTC) if came else None

    def heading(self, uid: str) -> Heading:
        return heading_of(b"".join(_literals(self._fetched(uid, _HEADERS))))

    def message(self, uid: str) -> bytes:
        literals = _literals(self._fetched(uid, "(BODY.PEEK[])"))
        if not literals:
            raise KeyError(uid)
        return literals[0]

    def settle(self, uid: str) -> None:
        number, afterwards = _number(uid), self._wanted.afterwards
        if afterwards == Afterwards.KEEP:
            self._command(_("Mark a message as read"), "STORE", number, "+FLAGS", r"(\Seen)")
        elif afterwards == Afterwards.MOVE:
            self._move(number)
        else:
            self._delete(number)

    def _move(self, number: str) -> None:
        from imap_tools.utils import encode_folder

        folder = encode_folder(self._wanted.move_to)
        if "MOVE" in self._can:
            self._command(_("Move a message"), "MOVE", number, folder)
        else:
            self._command(_("Copy a message"), "COPY", number, folder)
            self._delete(number)

    def _delete(self, number: str) -> None:
        """Of this message alone, where the server can: others may have marked theirs, and want to think again."""
        self._command(_("Delete a message"), "STORE", number, "+FLAGS", r"(\Seen \Deleted)")
        if "UIDPLUS" in self._can:
            self._command(_("Delete a message"), "EXPUNGE", number)
        else:
            self._client.expunge()  # so be it: the server knows no other way

    def contents(self) -> str:
        everything, unread = len(self._box.uids("ALL", charset=None)), len(self.uids())
        told = ngettext(
            "The folder %(folder)s holds %(all)s message, %(unread)s of them unread.",
            "The folder %(folder)s holds %(all)s messages, %(unread)s of them unread.",
            everything,
        )
        return told % {"folder": self._wanted.folder, "all": everything, "unread": unread}

    def close(self) -> None:
        with suppress(Exception):
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()

    def _fetched(self, uid: str, parts: str) -> list[Any]:
        return self._command(_("Fetch a message"), "FETCH", _number(uid), parts)

    def _command(self, doing: str, *command: Any) -> list[Any]:
        state, answer = self._client.uid(*command)
        if state != "OK":
            raise NotTaken(doing, answer)
        return list(answer or [])


def _imap(access: Access, timeout: float) -> BaseMailBox:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if access.security == Security.TLS:
        context = tls_context(access.certificate)
        return MailBox(access.host, access.port, timeout=timeout, ssl_context=context)
    if access.security == Security.NONE:
        return MailBoxUnencrypted(access.host, access.port, timeout=timeout)
    try:
        return MailBoxStartTls(access.host, access.port, timeout=timeout, ssl_context=tls_context(access.certificate))
    except imaplib.IMAP4.error as error:
        if isinstance(error, imaplib.IMAP4.abort) and "TLS not supported" not in str(error):
            raise
        raise CannotOpen(no_starttls(access)) from error


def _number(uid: str) -> str:
    return uid.rpartition(".")[2]


def _lines(answer: list[Any]) -> list[bytes]:
    return [bytes(line[0]) if isinstance(line, tuple) else bytes(line) for line in answer if line]


def _literals(answer: list[Any]) -> list[bytes]:
    return [bytes(line[1]) for line in answer if isinstance(line, tuple)]


class PopBox:
    """A POP3 mailbox: it has no folders and marks nothing, so what was fetched is known here."""

    def __init__(self, access: Access, wanted: Wanted, timeout: float) -> None:
        poplib._MAXLINE = _LONGEST_LINE  # type: ignore[attr-defined]  # noqa: SLF001
        self._wanted = wanted
        self._client = _pop(access, timeout)
        try:
            self._client.user(access.username)
            self._client.pass_(access.password)
        except poplib.error_proto as error:
            self.close()
            raise CannotOpen(sign_in_refused(access, error.args)) from error
        self._numbers: dict[str, int] = {}
        self._sizes: dict[int, int] = {}

    def uids(self) -> list[str]:
        if not self._numbers:
            self._numbers = {uid.decode(): int(number) for number, uid in _pairs(self._client.uidl()[1])}
            self._sizes = {int(number): int(size) for number, size in _pairs(self._client.list()[1])}
        return list(self._numbers)

    def size(self, uid: str) -> tuple[int, datetime | None]:
        return self._sizes[self._numbers[uid]], None

    def heading(self, uid: str) -> Heading:
        with suppress(poplib.error_proto):  # TOP is optional
            return heading_of(b"\r\n".join(self._client.top(self._numbers[uid], 0)[1]))
        return Heading("", "")

    def message(self, uid: str) -> bytes:
        return b"\r\n".join([*self._client.retr(self._numbers[uid])[1], b""])

    def settle(self, uid: str) -> None:
        if self._wanted.afterwards == Afterwards.DELETE:
            try:
                self._client.dele(self._numbers[uid])
            except poplib.error_proto as error:
                raise NotTaken(_("Delete a message"), error.args) from error

    def contents(self) -> str:
        everything = len(self.uids())
        told = ngettext("The mailbox holds %(all)s message.", "The mailbox holds %(all)s messages.", everything)
        return told % {"all": everything}

    def close(self) -> None:
        """What was deleted is gone only after this."""
        with suppress(Exception):
            self._client.quit()
        with suppress(Exception):
            self._client.close()


def _pop(access: Access, timeout: float) -> poplib.POP3:
    if access.security == Security.TLS:
        context = tls_context(access.certificate)
        return poplib.POP3_SSL(access.host, access.port, timeout=timeout, context=context)
    client = poplib.POP3(access.host, access.port, timeout=timeout)
    if access.security == Security.STARTTLS:
        try:
            client.stls(tls_context(access.certificate))
        except poplib.error_proto as error:
            client.close()
            raise CannotOpen(no_starttls(access)) from error
    return client


def _pairs(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    return [(first, second) for first, second in (line.split()[:2] for line in lines)]


def heading_of(headers: bytes) -> Heading:
    """From and Subject as people read them."""
    found = BytesHeaderParser().parsebytes(headers)
    return Heading(_readable(found.get("From", ""))[:320], _readable(found.get("Subject", ""))[:500])


def _readable(value: Any) -> str:
    try:
        return words(make_header(decode_header(str(value))))
    except (LookupError, ValueError):
        return words(value)
