"""What went wrong with a mail server, as a sentence that says what to do; never the password."""

from __future__ import annotations

import imaplib
import poplib
import smtplib
import socket
import ssl
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from deskhand.base.mail.services.access import Access
from deskhand.kit.errors import DomainError

_LONGEST = 300
#: The other side did not speak TLS, or did where we did not.
_NO_TLS = ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "UNEXPECTED_EOF_WHILE_READING")


class NotTaken(Exception):
    """A mail server said no to a command. ``said`` are its words."""

    def __init__(self, doing: str, said: Any) -> None:
        self.doing, self.said = doing, words(said)
        super().__init__(f"{doing}: {self.said}")


def sentence_of(error: BaseException, access: Access) -> str:
    """What happened, and what to do."""
    sentence = next((say(error, access) for kinds, say in _SENTENCES if isinstance(error, kinds)), None)
    return _without(access.password, sentence or _anything_else(error, access))[:1000]


def words(said: Any) -> str:
    """A server's words on one line."""
    if isinstance(said, list | tuple):
        return " ".join(filter(None, (words(one) for one in said)))
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_LONGEST]


def _without(password: str, sentence: str) -> str:
    """Some servers repeat what they were told."""
    return sentence.replace(password, "•••") if len(password) > 3 else sentence


def _refusal(error: DomainError, access: Access) -> str:
    del access
    return str(error)


def _unknown_host(error: BaseException, access: Access) -> str:
    del error
    return _("No server is called %(host)s. Check the name, and whether this machine can look names up.") % {
        "host": access.host
    }


def _refused(error: BaseException, access: Access) -> str:
    del error
    return _("Nobody answers at %(place)s. Check the port, and whether a firewall stands in between.") % {
        "place": access.place
    }


def _too_late(error: BaseException, access: Access) -> str:
    del error
    return _(
        "%(place)s did not answer in time. Check name and port, whether a firewall stands in between, and whether the "
        "server expects TLS from the start there."
    ) % {"place": access.place}


def _certificate(error: ssl.SSLCertVerificationError, access: Access) -> str:
    return _(
        "The certificate of %(host)s is not to be trusted: %(reason)s. Use the name that stands in it, or paste a "
        "certificate that nobody else vouches for under Trusted certificate."
    ) % {"host": access.host, "reason": words(error.verify_message or error.reason).rstrip(".")}


def _encryption(error: ssl.SSLError, access: Access) -> str:
    if any(sign in f"{error.reason} {error}" for sign in _NO_TLS):
        return _("%(place)s does not speak TLS from the start. Choose STARTTLS, or the port for TLS.") % {
            "place": access.place
        }
    return _("TLS with %(place)s failed: %(reason)s.") % {
        "place": access.place,
        "reason": words(error.reason or error).rstrip("."),
    }


def _sign_in(error: smtplib.SMTPAuthenticationError, access: Access) -> str:
    return sign_in_refused(access, f"{error.smtp_code} {words(error.smtp_error)}")


def sign_in_refused(access: Access, said: Any) -> str:
    return _(
        "%(host)s refused user and password: %(said)s. Some providers want a password of its own for each program."
    ) % {"host": access.host, "said": words(said).rstrip(".")}


def _not_offered(error: smtplib.SMTPNotSupportedError, access: Access) -> str:
    if "STARTTLS" in str(error):
        return no_starttls(access)
    return _("%(place)s asks for no sign-in over this connection. Choose another encryption or port, or leave the user "
             "empty.") % {"place": access.place}  # fmt: skip


def no_starttls(access: Access) -> str:
    return _("%(place)s offers no STARTTLS. Choose TLS from the start with its port, or no encryption.") % {
        "place": access.place
    }


def _sender(error: smtplib.SMTPSenderRefused, access: Access) -> str:
    return _("%(host)s does not take mail from %(sender)s: %(said)s.") % {
        "host": access.host,
        "sender": error.sender,
        "said": f"{error.smtp_code} {words(error.smtp_error)}".rstrip("."),
    }


def _recipients(error: smtplib.SMTPRecipientsRefused, access: Access) -> str:
    address, (code, said) = next(iter(error.recipients.items()))
    return _("%(host)s does not take mail to %(address)s: %(said)s.") % {
        "host": access.host,
        "address": address,
        "said": f"{code} {words(said)}".rstrip("."),
    }


def _answered(error: smtplib.SMTPResponseException, access: Access) -> str:
    return _("%(host)s answered: %(said)s.") % {
        "host": access.host,
        "said": f"{error.smtp_code} {words(error.smtp_error)}".rstrip("."),
    }


def _hung_up(error: BaseException, access: Access) -> str:
    del error
    return _(
        "%(place)s hung up. Check whether the port belongs to this kind of encryption, and whether the server lets "
        "this machine in."
    ) % {"place": access.place}


def _said_no(error: NotTaken, access: Access) -> str:
    return _("%(doing)s: %(host)s answered %(said)s.") % {
        "doing": error.doing,
        "host": access.host,
        "said": error.said.rstrip(".") or "–",
    }


def _mailbox_answered(error: BaseException, access: Access) -> str:
    return _("%(host)s answered: %(said)s.") % {"host": access.host, "said": words(error.args).rstrip(".") or "–"}


def _bad_name(error: BaseException, access: Access) -> str:
    del error
    return _("%(host)s is no name of a server.") % {"host": access.host}


def _system(error: OSError, access: Access) -> str:
    return _("%(place)s cannot be reached: %(reason)s.") % {
        "place": access.place,
        "reason": words(error.strerror or error).rstrip("."),
    }


def _anything_else(error: BaseException, access: Access) -> str:
    return _("%(place)s did not do what was expected: %(error)s.") % {
        "place": access.place,
        "error": words(f"{type(error).__name__}: {error}").rstrip("."),
    }


#: The first that fits: what is more special stands first.
_SENTENCES: tuple[tuple[Any, Callable[[Any, Access], str]], ...] = (
    (DomainError, _refusal),
    (NotTaken, _said_no),
    (socket.gaierror, _unknown_host),
    (ConnectionRefusedError, _refused),
    (TimeoutError, _too_late),
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, _encryption),
    (smtplib.SMTPAuthenticationError, _sign_in),
    (smtplib.SMTPNotSupportedError, _not_offered),
    (smtplib.SMTPSenderRefused, _sender),
    (smtplib.SMTPRecipientsRefused, _recipients),
    (smtplib.SMTPResponseException, _answered),
    ((smtplib.SMTPServerDisconnected, imaplib.IMAP4.abort, EOFError, ConnectionError), _hung_up),
    ((imaplib.IMAP4.error, poplib.error_proto), _mailbox_answered),
    (UnicodeError, _bad_name),
    (OSError, _system),
)
