"""The ways by which mails leave: servers that administrators keep here, else that of the environment."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from deskhand.base.mail.enums import Security
from deskhand.base.mail.models import OutgoingServer
from deskhand.base.mail.services.access import Access, access_of, tls_context
from deskhand.base.mail.services.failures import sentence_of, words
from deskhand.kit.errors import DomainError

logger = logging.getLogger(__name__)
#: How long a server may take for one answer, in seconds.
PATIENCE = 20
_TROUBLE = (OSError, smtplib.SMTPException, DomainError, UnicodeError)
_TO_FILES = "deskhand.base.mail.backends.FilesBackend"


class Away(Exception):
    """Nothing can be sent this way at present; the sentence says why. ``was_known``: nothing was tried."""

    def __init__(self, reason: str, *, was_known: bool = False) -> None:
        self.was_known = was_known
        super().__init__(reason)


class Way:
    """One server, for the mails of a batch: connected to when the first of them comes, asked no more once it failed."""

    def __init__(self, server: OutgoingServer | None) -> None:
        self.server = server
        self.trouble = ""
        self.has_worked = False
        self._is_fresh = False
        self._connection: BaseEmailBackend | None = None

    def open(self) -> None:
        """Connect and sign in, if that was not done yet.

        :raises Away: that did not work.
        """
        try:
            if self._connection is None:
                self._connection = smtp_backend(access_of(self.server)) if self.server else _of_the_environment()
            self._is_fresh = bool(self._connection.open()) or self._is_fresh
        except _TROUBLE as error:
            raise self.failed(error) from error
        self.has_worked = True

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over; once more over a new connection if the server has hung up since the last mail.

        :raises Away: nobody answers.
        :raises smtplib.SMTPException: the server does not take this mail.
        :raises OSError: the connection broke.
        """
        self.open()
        message.connection = self._connection
        is_first, self._is_fresh = self._is_fresh, False
        try:
            message.send()
        except smtplib.SMTPServerDisconnected:
            if is_first:
                raise
            self.close()
            self.open()
            message.send()

    def failed(self, error: BaseException) -> Away:
        """Note that this way leads nowhere for the rest of the batch."""
        self.trouble = self._sentence(error)
        return Away(self.trouble)

    def _sentence(self, error: BaseException) -> str:
        if self.server is not None:
            try:
                reason = sentence_of(error, access_of(self.server))
            except DomainError as refusal:
                reason = str(refusal)
            return f"{self.server.name}: {reason}"
        if isinstance(error, smtplib.SMTPResponseException):
            return answer_of(error.smtp_code, error.smtp_error)
        said = (isinstance(error, OSError) and error.strerror) or str(error)
        return _("The mail server could not be reached: %(error)s") % {"error": said}

    def close(self) -> None:
        """End the conversation politely; a server that is gone already does not mind."""
        try:
            if self._connection is not None:
                self._connection.close()
        except (OSError, smtplib.SMTPException):
            logger.debug("The mail server had hung up already.")


class Ways:
    """All ways out of the house, for one batch. One query."""

    def __init__(self, servers: Iterable[OutgoingServer]) -> None:
        self._ways = [Way(server) for server in servers]
        self._environment = Way(None)

    @classmethod
    def at_present(cls) -> Ways:
        return cls(OutgoingServer.objects.in_use().order_by("priority", "pk"))

    def send(self, message: EmailMessage, *, sender: str) -> OutgoingServer | None:
        """Send a mail by the way that fits its sender best, by the next one while that is away. What it left by.

        A connection that breaks in the middle is no reason to try another way: the mail may have gone.

        :raises Away: no way is open.
        :raises smtplib.SMTPException: the server does not take this mail.
        """
        way = self._open_way(sender)
        try:
            way.send(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise way.failed(error) from error
        return way.server

    def _open_way(self, sender: str) -> Way:
        fitting = self.fitting(sender)
        untried = [way for way in fitting if not way.trouble]
        trouble: Away | None = None
        for way in untried:
            try:
                way.open()
            except Away as away:
                trouble = trouble or away
            else:
                return way
        raise trouble or Away(fitting[0].trouble, was_known=True)

    def fitting(self, sender: str) -> Sequence[Way]:
        """Those that take mails of a sender, the best first; that of the environment where none does.

        :raises Away: none does, and the environment names no server: what is written to files is not sent.
        """
        fitting = [(way.server.fitness(sender), way) for way in self._ways if way.server]
        best = [way for fitness, way in sorted(fitting, key=lambda pair: -pair[0]) if fitness]
        if not best and self._ways and settings.MAIL_TRANSPORT == _TO_FILES:
            reason = _("No outgoing mail server takes mails from %(sender)s. Widen the From filter of one, or add one.")
            raise Away(reason % {"sender": sender})
        return best or [self._environment]

    def close(self, *, at: datetime) -> None:
        """Hang up, and note on servers what has changed about them. A statement for each such server."""
        for way in [*self._ways, self._environment]:
            way.close()
            if way.server is not None and (way.trouble or way.has_worked):
                _note(way.server, way.trouble, at)


def _note(server: OutgoingServer, trouble: str, at: datetime) -> None:
    reason = trouble.removeprefix(f"{server.name}: ")
    if reason != server.last_error or server.checked_at is None:
        OutgoingServer.objects.filter(pk=server.pk).update(last_error=reason, checked_at=at)


def smtp_backend(access: Access, *, timeout: float = PATIENCE) -> EmailBackend:
    """A connection to a server, not open yet.

    :raises CertificateUnreadable: what was pasted is no certificate.
    """
    backend = EmailBackend(
        host=access.host,
        port=access.port,
        username=access.username,
        password=access.password,
        use_tls=access.security == Security.STARTTLS,
        use_ssl=access.security == Security.TLS,
        timeout=timeout,
    )
    if access.security != Security.NONE:
        backend.ssl_context = tls_context(access.certificate)
    return backend


def _of_the_environment() -> BaseEmailBackend:
    """``SMTP_URL``; Django's own ``EMAIL_BACKEND`` fills the outbox."""
    backend: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    return backend


def answer_of(code: int, said: bytes | str) -> str:
    """A server's refusal, as it stands on a mail."""
    return _("The mail server answered: %(code)s %(text)s") % {"code": code, "text": words(said)}
