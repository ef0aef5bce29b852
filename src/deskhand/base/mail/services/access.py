"""How a mail server is reached: where, as whom, and whose certificate is believed."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from deskhand.base.mail.enums import Security
from deskhand.base.mail.models import MailServer
from deskhand.kit.errors import DomainError
from deskhand.kit.sealing import CannotUnseal, unseal


class PasswordLost(DomainError):
    code = "mail_password_lost"
    message = _("The password cannot be read any more, because SECRET_KEY is another one. Enter it again.")
    field = "password"


class CertificateUnreadable(DomainError):
    code = "certificate_unreadable"
    message = _("This is no certificate. Paste the lines from BEGIN CERTIFICATE to END CERTIFICATE.")
    status = 422
    field = "trusted_certificate"


@dataclass(frozen=True)
class Access:
    """All that a connection needs; no row, so that it can be used in a thread that has no database."""

    host: str
    port: int
    security: Security
    username: str
    password: str = field(repr=False)
    certificate: str = field(repr=False)

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


def access_of(server: MailServer) -> Access:
    """:raises PasswordLost: it was sealed with a key that is gone."""
    try:
        password = unseal(server.sealed_password) if server.sealed_password else ""
    except CannotUnseal as error:
        raise PasswordLost from error
    security = Security(server.security)
    return Access(server.host, server.port, security, server.username, password, server.trusted_certificate)


def tls_context(certificate: str) -> ssl.SSLContext:
    """What the machine trusts, and the given certificate (PEM) besides.

    :raises CertificateUnreadable: it is none.
    """
    context = ssl.create_default_context()
    if certificate:
        # One that somebody made by hand need not say all that a public authority's has to.
        context.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
        try:
            context.load_verify_locations(cadata=certificate)
        except (ssl.SSLError, ValueError, TypeError) as error:  # TypeError: it is not ASCII
            raise CertificateUnreadable from error
    return context
