"""The outbox is emptied: mails leave, are tried again, or are given up where people see it."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.chatter.public import Message
from deskhand.base.mail.events import MailsQueued
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.services.composing import compose
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.live import nudge, nudged_together
from deskhand.kit.transactions import in_transaction
from deskhand.kit.updating import update
from deskhand.kit.work.models import CLAIM_EXPIRES_AFTER, WorkState
from deskhand.kit.work.retrying import next_attempt

logger = logging.getLogger(__name__)
#: What one task sends over one connection.
MOST_AT_ONCE = 50
#: A mail that is sent must not seem abandoned meanwhile, so that nobody gets it twice.
_LONGEST_HOLD = CLAIM_EXPIRES_AFTER / 2
#: Refusals that an administrator mends (password, TLS), not the sender of the mail.
_SETUP_CODES = frozenset({530, 534, 535, 538})


class NotFailedToSend(DomainError):
    code = "mail_not_failed_to_send"
    message = gettext_lazy("This mail has not failed: it was sent, or still will be. There is nothing to send again.")


class NothingLeftToSend(DomainError):
    code = "nothing_left_to_send"
    message = gettext_lazy(
        "This mail was delivered to the mail server and refused later, so its text is gone from the outbox. "
        "Correct the address of the contact and write again."
    )


class MailServerAway(Exception):
    """Nobody answers; the other mails of the batch need not try."""


def send_mails(*, at: datetime) -> int:
    """Send what is due, a batch over one connection to the mail server. How many mails were taken up.

    They are claimed together, and any number of workers may do this at the same time. If the server is away, or slower
    than a claim may last, the rest is given back. Five statements, and one for each mail.
    """
    batch = OutgoingMail.objects.claim_batch(at=at, most=MOST_AT_ONCE)
    taken, until = len(batch), monotonic() + _LONGEST_HOLD.total_seconds()
    if not batch:
        return 0
    connection = _transport()
    try:
        _load_files(batch)
        with nudged_together():
            while batch and monotonic() < until:
                send_mail(batch.pop(0), at=at, connection=connection)
    except MailServerAway:
        logger.info("Mails wait until the mail server is back.")
    finally:
        OutgoingMail.objects.give_back(batch)
        _close(connection)
    return taken


def send_mail(mail: OutgoingMail, *, at: datetime, connection: BaseEmailBackend) -> None:
    """Send a mail that the caller has claimed.

    Refused for good (5xx): failed, with the server's reason. Anything else: tried again with growing pauses, and failed
    after the last one.

    :raises MailServerAway: nobody answers; the mail is noted to be tried again.
    """
    message = _composed(mail, at)
    if message is None:
        return
    try:
        _transmit(message, connection)
    except smtplib.SMTPResponseException as error:
        _refused(mail, error.smtp_code, error.smtp_error, at)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _refused(mail, code, text, at)
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("Mail %s to %s waits: %s", mail.pk, mail.to_address, error)
        _retry(mail, _("The mail server could not be reached: %(error)s") % {"error": _plainly(error)}, at)
        raise MailServerAway from error
    else:
        _note(mail, state=WorkState.DONE, sent_at=at, last_error="", html="", text="")


@in_transaction
def send_again(pk: int, *, at: datetime) -> None:
    """Give a failed mail another chance, after somebody mended what was wrong.

    The contact's present address is taken: a wrong one is the usual reason.

    :raises NotFailedToSend: it was sent, or is about to be.
    :raises NothingLeftToSend: it bounced after it had left.
    """
    mail = OutgoingMail.objects.select_for_update().failed().filter(pk=pk).first()
    if mail is None:
        raise NotFailedToSend
    if not mail.html and not mail.text:
        raise NothingLeftToSend
    if mail.to_contact and mail.to_contact.email:
        mail.to_address = mail.to_contact.email
    mail.state, mail.attempts, mail.due_at, mail.last_error = WorkState.WAITING, 0, at, ""
    mail.save(update_fields=["state", "attempts", "due_at", "last_error", "to_address"])
    publish(MailsQueued((pk,)))
    _nudge(mail)


def _transport() -> BaseEmailBackend:
    """What brings mails to the mail server; Django's own ``EMAIL_BACKEND`` fills the outbox."""
    backend: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    return backend


def _load_files(mails: Sequence[OutgoingMail]) -> None:
    """The files of all messages, for :func:`compose`. Two queries."""
    prefetch_related_objects(
        mails, Prefetch("chatter_message", queryset=Message.objects.only("pk")), "chatter_message__attachments"
    )


def _composed(mail: OutgoingMail, at: datetime) -> EmailMessage | None:
    try:
        return compose(mail)
    except OSError as error:
        logger.warning("Mail %s waits for its files: %s", mail.pk, error)
        _retry(mail, _("A file of this mail could not be read from the store: %(error)s") % {"error": error}, at)
    except Exception as error:
        logger.exception("Mail %s could not be written", mail.pk)
        _give_up(mail, _("The mail could not be written: %(error)s") % {"error": error})
    return None


def _transmit(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Over the open connection; once more over a new one if the server has hung up since the last mail."""
    message.connection = connection
    is_fresh = connection.open()
    try:
        message.send()
    except smtplib.SMTPServerDisconnected:
        if is_fresh:
            raise
        _close(connection)
        connection.open()
        message.send()


def _refused(mail: OutgoingMail, code: int, text: bytes | str, at: datetime) -> None:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    reason = _("The mail server answered: %(code)s %(text)s") % {"code": code, "text": " ".join(words.split())}
    if 500 <= code < 600 and code not in _SETUP_CODES:
        _give_up(mail, reason)
    else:
        _retry(mail, reason, at)


def _plainly(error: Exception) -> str:
    """What the system says is wrong, without the number that comes before it."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _retry(mail: OutgoingMail, reason: str, at: datetime) -> None:
    again_at = next_attempt(mail.attempts, at=at)
    if again_at is None:
        _give_up(mail, reason)
    else:
        _note(mail, state=WorkState.WAITING, due_at=again_at, last_error=reason)


def _give_up(mail: OutgoingMail, reason: str) -> None:
    _note(mail, state=WorkState.FAILED, last_error=reason)


def _note(mail: OutgoingMail, **fields: object) -> None:
    update(mail, fields)
    _nudge(mail)


def _nudge(mail: OutgoingMail) -> None:
    """Open pages of the record show the new state. The content type is cached: no query."""
    if mail.content_type_id is not None:
        nudge(f"{ContentType.objects.get_for_id(mail.content_type_id).model}.{mail.object_id}")


def _close(connection: BaseEmailBackend | None) -> None:
    """End the conversation politely; a server that is gone already does not mind."""
    try:
        if connection is not None:
            connection.close()
    except (OSError, smtplib.SMTPException):
        logger.debug("The mail server had hung up already.")
