"""From a stored mail to what became of it: parsed, matched, delivered in one transaction."""

from __future__ import annotations

import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.files.public import StoredFile, store_bytes
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.events import MailsReceived
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.parsing import ParsedMail, parse_mail
from deskhand.base.mail.places import MAILBOXES, Delivery, Letter
from deskhand.base.mail.services.bouncing import take_bounce
from deskhand.base.mail.services.matching import KnownId, known_ids, thread_of
from deskhand.base.mail.services.receiving import receive_mail
from deskhand.kit import figures, records
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.live import nudged_together
from deskhand.kit.prepared import prepared, remembering
from deskhand.kit.transactions import in_transaction
from deskhand.kit.updating import update
from deskhand.kit.work.models import WorkState
from deskhand.kit.work.retrying import next_attempt

logger = logging.getLogger(__name__)
#: Mails that are claimed together.
BATCH = 10
_SMALL = 100_000
_LONGEST_ID = 255
#: Somebody else's fault, and soon over: the mail waits.
_PASSING = (OperationalError, InterfaceError, OSError)


class NotFailed(DomainError):
    code = "mail_not_failed"
    message = gettext_lazy("This mail was read already. Only one that could not be read can be read again.")


class TakenOver(Exception):
    """This took so long that somebody else has begun anew; what they do counts."""


def read_mail(pk: int, *, at: datetime) -> None:
    """Do with a mail what it asks for, once; nothing if somebody else reads it or it has been read. As
    :func:`read_taken`, with two statements more."""
    if IncomingMail.objects.claim(pk, at=at):
        _read(IncomingMail.objects.get(pk=pk), at)


def take_up_mails(*, at: datetime) -> list[IncomingMail]:
    """Claim mails that wait to be read, :data:`BATCH` at most, for :func:`read_taken`.

    Only the small ones come with what is in them, so that few megabytes are held at a time. Six statements.
    """
    rows = IncomingMail.objects.without_raw().claim_batch(at=at, most=BATCH)
    small = [row.pk for row in rows if row.size <= _SMALL]
    raws = dict(IncomingMail.objects.filter(pk__in=small).values_list("pk", "raw")) if small else {}
    for row in rows:
        if row.pk in raws:
            row.raw = raws[row.pk]
    return rows


def read_taken(rows: list[IncomingMail], *, at: datetime) -> None:
    """Do with each of the claimed mails what it asks for, in a transaction of its own. The list is emptied.

    What is wrong with a mail is recorded on it (outcome ``failed``) and shown to people. While the database or the
    file store is away it waits, with growing pauses. Four statements in the transaction, and what the mailbox does.
    """
    try:
        with nudged_together(), remembering():
            while rows:
                _read(rows.pop(0), at)
    finally:
        IncomingMail.objects.give_back(rows)


def _read(row: IncomingMail, at: datetime) -> None:
    try:
        letter = _open(row)
        _deliver(row, letter, at)
    except TakenOver:
        logger.warning("Mail %s took so long to read that somebody else has begun anew.", row.pk)
    except _PASSING as error:
        logger.warning("Mail %s waits: %s", row.pk, error)
        _postpone(row, error, at)
    except DomainError as refusal:
        _fail(row, str(refusal))
    except Exception as error:
        logger.exception("Mail %s could not be read", row.pk)
        _fail(row, _("Deskhand could not make sense of this mail (%(error)s).") % {"error": _in_short(error)})


@in_transaction
def read_again(pk: int, *, at: datetime) -> None:
    """Give a mail that could not be read another chance, after somebody mended what was wrong.

    :raises NotFailed: it was read, or is about to be.
    """
    given_back = IncomingMail.objects.failed().filter(pk=pk)
    if not given_back.update(state=WorkState.WAITING, outcome=Outcome.PENDING, attempts=0, due_at=at, last_error=""):
        raise NotFailed
    publish(MailsReceived((pk,)))


def _open(row: IncomingMail) -> Letter:
    """Parse, and put the files into the store: that is no work for a transaction."""
    mail = _with_short_ids(parse_mail(bytes(row.raw)))
    row.message_id = mail.message_id
    row.from_address = (mail.sender.address or row.sender)[:320]
    row.subject = mail.subject[:500]
    return Letter(mail, tuple(row.recipients), _stored_files(mail))


def _with_short_ids(mail: ParsedMail) -> ParsedMail:
    """Ids as they are stored, so that they are found again."""
    return replace(
        mail,
        message_id=mail.message_id[:_LONGEST_ID],
        in_reply_to=tuple(one[:_LONGEST_ID] for one in mail.in_reply_to),
        references=tuple(one[:_LONGEST_ID] for one in mail.references),
    )


def _stored_files(mail: ParsedMail) -> tuple[StoredFile, ...]:
    return tuple(
        store_bytes(
            file.data, name=file.name, mime_type=file.mime_type, content_id=file.content_id, is_inline=file.is_inline
        )
        for file in mail.files
    )


@in_transaction
def _deliver(row: IncomingMail, letter: Letter, at: datetime) -> None:
    _wait_for_twins(letter.mail.message_id)
    known = known_ids(letter.mail)
    delivery = _as_machine_mail(row, letter, known) or _as_person_mail(letter, known, at)
    record = delivery.record
    _note(
        row,
        state=WorkState.FAILED if delivery.outcome == Outcome.FAILED else WorkState.DONE,
        outcome=delivery.outcome,
        explanation=delivery.explanation[:300],
        last_error="",
        content_type=records.content_type_id(record) if record else None,
        object_id=record.pk if record else None,
        chatter_message=delivery.message.pk if delivery.message else None,
    )
    for address in delivery.others:
        receive_mail(raw=bytes(row.raw), sender=row.sender, recipients=[address], via=row.received_via, at=at)


def _note(row: IncomingMail, **fields: Any) -> None:
    """Record what became of a mail, with the headers that the list shows and later mails are compared with.

    :raises TakenOver: it took longer than a claim lasts, and what was done in this transaction must not stand.
    """
    headers = {"message_id": row.message_id, "from_address": row.from_address, "subject": row.subject}
    if not update(row, headers | fields, state=WorkState.WORKING, claimed_at=row.claimed_at):
        raise TakenOver
    figures.count_mail("in", str(fields["state"]))


def _wait_for_twins(message_id: str) -> None:
    """Of the same message by several ways, one is read after the other, so that the second one sees the first.

    Only PostgreSQL reads several mails at the same time. The lock is gone with the transaction.
    """
    if message_id and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"mail {message_id}"])


def _as_machine_mail(row: IncomingMail, letter: Letter, known: list[KnownId]) -> Delivery | None:
    """Mail that no person wrote, or that would go round in circles, is kept and answers nothing (IN-5)."""
    mail = letter.mail
    if any(entry.is_ours and entry.message_id == mail.message_id for entry in known):
        return Delivery(Outcome.IGNORED, _("It is a mail of this desk that came back."))
    if mail.kind == "bounce":
        return take_bounce(letter, bytes(row.raw))
    if mail.kind == "auto" or not row.sender:
        thread = thread_of(letter, known)
        explanation = _("A machine wrote it, such as an absence note; it opens and answers nothing.")
        return Delivery(Outcome.IGNORED, explanation, thread.record if thread else None)
    if _is_flood(row):
        explanation = _("More than %(limit)s mails came from this sender within an hour; it opens and answers nothing.")
        return Delivery(Outcome.IGNORED, explanation % {"limit": settings.MAX_MAILS_PER_SENDER_HOUR})
    return None


def _is_flood(row: IncomingMail) -> bool:
    hour = (row.received_at - timedelta(hours=1), row.received_at)
    others = sum(_others_from(row.from_address, *hour, row.pk))
    return others >= settings.MAX_MAILS_PER_SENDER_HOUR


@prepared
def _others_from(address: str, since: datetime, until: datetime, pk: int) -> QuerySet[IncomingMail, int]:
    others = IncomingMail.objects.filter(from_address=address, received_at__range=(since, until)).exclude(pk=pk)
    return others.order_by().values("from_address").annotate(count=Count("pk")).values_list("count", flat=True)


def _as_person_mail(letter: Letter, known: list[KnownId], at: datetime) -> Delivery:
    letter = replace(letter, stands_in=_standing(letter.mail, known))
    thread = thread_of(letter, known)
    for mailbox in MAILBOXES:
        if thread and isinstance(thread.record, mailbox.model):
            if thread.record.pk in letter.stands_in.get(records.content_type_id(thread.record), ()):
                return Delivery(Outcome.DUPLICATE, _("The same message stands in this conversation."), thread.record)
            return mailbox.join(thread, letter, at=at)
    for mailbox in MAILBOXES:
        delivery = mailbox.open(letter, at=at)
        if delivery:
            return delivery
    addresses = ", ".join(letter.recipients)
    if not addresses:
        return Delivery(Outcome.FAILED, _("This mail names nobody to whom it is sent."))
    return Delivery(Outcome.FAILED, _("Nobody here receives mail for %(addresses)s.") % {"addresses": addresses})


def _standing(mail: ParsedMail, known: list[KnownId]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for entry in known:
        if entry.message_id == mail.message_id:
            found[entry.content_type].append(entry.object_id)
    return found


def _postpone(row: IncomingMail, error: Exception, at: datetime) -> None:
    again_at = next_attempt(row.attempts, at=at)
    if again_at is None:
        _fail(row, _("Deskhand could not store what this mail asks for (%(error)s).") % {"error": _in_short(error)})
        return
    _note_outside(row, state=WorkState.WAITING, due_at=again_at, last_error=_in_short(error))


def _fail(row: IncomingMail, explanation: str) -> None:
    _note_outside(
        row, state=WorkState.FAILED, outcome=Outcome.FAILED, explanation=explanation[:300], last_error=explanation
    )


def _note_outside(row: IncomingMail, **fields: Any) -> None:
    """As :func:`_note`, when nothing else was done."""
    with suppress(TakenOver):
        _note(row, **fields)


def _in_short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
