"""The outbox is emptied: mails leave, are tried again, or are given up where people see it."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.chatter.public import Message
from deskhand.base.mail.events import MailsQueued
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.services.composing import compose
from deskhand.base.mail.services.transports import Away, Ways, answer_of
from deskhand.kit import figures
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.live import nudge, nudged_together
from deskhand.kit.transactions import in_transaction
from deskhand.kit.updating import update
from deskhand.kit.work.models import CLAIM_EXPIRES_AFTER, WorkState
from deskhand.kit.work.retrying import next_attempt

logger = logging.getLogger(__name__)
#: What one task sends over one connection to each server.
MOST_AT_ONCE = 50
#: A mail that is sent must not seem abandoned meanwhile, so that nobody gets it twice.
_LONGEST_HOLD = CLAIM_EXPIRES_AFTER / 2
_UNTIL_ASKED_AGAIN = timedelta(minutes=1)
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


def send_mails(*, at: datetime) -> int:
    """Send what is due, a batch over one connection to each mail server. How many mails were taken up.

    They are claimed together, and any number of workers may do this at the same time. What finds no way, because a
    server is away or slower than a claim may last, is given back. Six statements, and one for each mail.
    """
    batch = OutgoingMail.objects.claim_batch(at=at, most=MOST_AT_ONCE)
    taken, until = len(batch), monotonic() + _LONGEST_HOLD.total_seconds()
    if not batch:
        return 0
    ways, held = Ways.at_present(), list[OutgoingMail]()
    try:
        _load_files(batch)
        with nudged_together():
            while batch and monotonic() < until:
                mail = batch.pop(0)
                if not send_mail(mail, at=at, ways=ways):
                    held.append(mail)
    finally:
        OutgoingMail.objects.give_back(batch)
        _hold(held, at)
        ways.close(at=at)
    return taken


def send_mail(mail: OutgoingMail, *, at: datetime, ways: Ways) -> bool:
    """Send a mail that the caller has claimed. False: it need not try now, because every way was seen to be closed.

    Refused for good (5xx): failed, with the server's reason. Anything else: tried again with growing pauses, and failed
    after the last one.
    """
    message = _composed(mail, at)
    if message is None:
        return True
    try:
        server = ways.send(message, sender=mail.from_address)
    except Away as away:
        if away.was_known:
            return False
        logger.warning("Mail %s waits: %s", mail.pk, away.__cause__ or type(away).__name__)
        _retry(mail, str(away), at)
    except smtplib.SMTPResponseException as error:
        _refused(mail, error.smtp_code, error.smtp_error, at)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _refused(mail, code, text, at)
    else:
        _note(mail, state=WorkState.DONE, sent_at=at, last_error="", html="", text="", server=server and server.pk)
    return True


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


def _hold(mails: Sequence[OutgoingMail], at: datetime) -> None:
    """Give back what found no way, a little later than it was due: mails by other servers go first meanwhile."""
    if mails:
        OutgoingMail.objects.give_back(mails)
        waiting = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails], state=WorkState.WAITING)
        waiting.update(due_at=at + _UNTIL_ASKED_AGAIN)


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


def _refused(mail: OutgoingMail, code: int, text: bytes | str, at: datetime) -> None:
    reason = answer_of(code, text)
    if 500 <= code < 600 and code not in _SETUP_CODES:
        _give_up(mail, reason)
    else:
        _retry(mail, reason, at)


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
    figures.count_mail("out", str(fields["state"]))
    _nudge(mail)


def _nudge(mail: OutgoingMail) -> None:
    """Open pages of the record show the new state. The content type is cached: no query."""
    if mail.content_type_id is not None:
        nudge(f"{ContentType.objects.get_for_id(mail.content_type_id).model}.{mail.object_id}")
