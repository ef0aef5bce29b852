"""Mailboxes are emptied into the incoming mail: each message is stored here before anything is done with it there."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.mail.enums import Afterwards, BoxKind
from deskhand.base.mail.events import FetchWanted
from deskhand.base.mail.models import IncomingServer, PassedMessage
from deskhand.base.mail.services.access import access_of
from deskhand.base.mail.services.boxes import Box, Heading, Wanted, open_box
from deskhand.base.mail.services.failures import NotTaken, sentence_of
from deskhand.base.mail.services.receiving import Arrival, envelope_of, known_recipients, receive_mail
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.kit.work.retrying import BACKOFF

logger = logging.getLogger(__name__)
#: One mailbox does not keep a worker's thread longer than this from what else there is to do, in seconds.
_LONGEST_TURN = 30
_EVERY = timedelta(minutes=1)
#: A mailbox is never given up: after the fourth failure it is tried once an hour.
_LONGEST_PAUSE = timedelta(hours=1)


class NotInUse(DomainError):
    code = "mail_server_not_in_use"
    message = gettext_lazy(
        "Nothing is fetched: the server is archived, or Custom Email Servers is off in the general settings."
    )


class AddressGone(DomainError):
    code = "address_gone"

    def __init__(self, address: str) -> None:
        super().__init__(
            _("%(address)s receives no mail any more. Choose another address under “Otherwise to”.")
            % {"address": address}
        )


def fetch_due(*, at: datetime) -> bool:
    """Read every mailbox that is due, one after the other. Whether something waits still."""
    due = list(IncomingServer.objects.due(at).order_by("due_at").values_list("pk", flat=True))
    more = [fetch_mails(pk, at=at) for pk in due]
    return any(more)


def fetch_mails(pk: int, *, at: datetime) -> bool:
    """Read one mailbox, unless somebody else does. True: it is not empty yet.

    What goes wrong stands on the server as a sentence, and it is tried again with growing pauses.
    """
    if not IncomingServer.objects.claim(pk, at=at):
        return False
    server = IncomingServer.objects.get(pk=pk)
    try:
        has_more = _fetch(server, at)
    except DatabaseError:
        IncomingServer.objects.filter(pk=pk).update(claimed_at=None)
        raise
    except Exception as error:  # noqa: BLE001  (whatever a mail server does: people are told, and the next is read)
        _failed(server, error, at)
        return False
    due_at = at if has_more else at + _EVERY
    IncomingServer.objects.filter(pk=pk).update(
        claimed_at=None, due_at=due_at, fetched_at=at, checked_at=at, last_error="", failures=0
    )
    return has_more


@in_transaction
def fetch_now(pk: int, *, at: datetime) -> None:
    """Have a mailbox read at once, also while it waits after a failure.

    :raises NotInUse: it is not read at all.
    """
    if not IncomingServer.objects.in_use().filter(pk=pk).exists():
        raise NotInUse
    IncomingServer.objects.hurry(pk, at=at)
    publish(FetchWanted(pk))


@in_transaction
def fetch_passed_again(pk: int) -> int:
    """Forget which messages of a mailbox were left in it: those that still lie there are tried again. How many."""
    return PassedMessage.objects.filter(server=pk).exclude(reason="").delete()[0]


def wanted_of(server: IncomingServer) -> Wanted:
    return Wanted(server.folder, Afterwards(server.afterwards), server.move_to)


def _fetch(server: IncomingServer, at: datetime) -> bool:
    otherwise = _otherwise(server)
    box = open_box(BoxKind(server.kind), access_of(server), wanted_of(server))
    until, trouble = monotonic() + _LONGEST_TURN, None
    try:
        waiting = _not_passed(server, box.uids())
        while waiting and monotonic() < until:
            try:
                _take(server, box, waiting.pop(0), otherwise, at)
            except NotTaken as error:
                trouble = error
    finally:
        box.close()
    if trouble:
        raise trouble
    return bool(waiting)


def _otherwise(server: IncomingServer) -> list[str]:
    """Who gets messages that name none of our addresses.

    :raises AddressGone: the chosen address is nobody's any more; better nothing is fetched than that it gets lost.
    """
    if not server.otherwise_to:
        return []
    known = known_recipients([server.otherwise_to])
    if not known:
        raise AddressGone(server.otherwise_to)
    return known


def _not_passed(server: IncomingServer, uids: list[str]) -> list[str]:
    """Those that were not passed over before; what the server has no more is forgotten. Two statements at most."""
    passed = dict(PassedMessage.objects.filter(server=server).values_list("uid", "reason"))
    present = set(uids)
    gone = [uid for uid, reason in passed.items() if uid not in present and not reason]
    if gone:
        PassedMessage.objects.filter(server=server, uid__in=gone).delete()
    return [uid for uid in uids if uid not in passed]


def _take(server: IncomingServer, box: Box, uid: str, otherwise: list[str], at: datetime) -> None:
    """Store one message, then mark, move or delete it. The same again, after a crash in between, is the same row."""
    try:
        size, came_at = box.size(uid)
        if size > settings.MAX_MAIL_BYTES:
            _pass_over(server, uid, _too_large(size), at, size=size, heading=box.heading(uid))
            return
        raw = box.message(uid)
    except KeyError:  # somebody deleted it meanwhile
        return
    envelope = envelope_of(raw)
    recipients = known_recipients(envelope.recipients) or otherwise or envelope.recipients
    moment = min(came_at, at) if came_at else at
    receive_mail(**vars(Arrival(raw, envelope.sender, tuple(recipients), server.kind, moment)))
    _settle(server, box, uid, at)


def _settle(server: IncomingServer, box: Box, uid: str, at: datetime) -> None:
    """:raises NotTaken: the server does not let us; the message is not fetched again for that."""
    try:
        box.settle(uid)
    except NotTaken as error:
        reason = _("It is stored here, but the server refused what should become of it: %(said)s.")
        _pass_over(server, uid, reason % {"said": error.said.rstrip(".")}, at, heading=box.heading(uid))
        raise
    if server.kind == BoxKind.POP3 and server.afterwards == Afterwards.KEEP:
        _pass_over(server, uid, "", at)


def _too_large(size: int) -> str:
    return _("It has %(size)s MB, more than the %(limit)s MB that are taken (MAX_MAIL_MB).") % {
        "size": -(-size // 1_000_000),
        "limit": settings.MAX_MAIL_BYTES // 1_000_000,
    }


def _pass_over(
    server: IncomingServer, uid: str, reason: str, at: datetime, *, size: int = 0, heading: Heading | None = None
) -> None:
    known = heading or Heading("", "")
    PassedMessage.objects.update_or_create(
        server=server,
        uid=uid,
        defaults={
            "reason": reason[:300], "size": size, "sender": known.sender, "subject": known.subject, "noted_at": at
        },
    )  # fmt: skip


def _failed(server: IncomingServer, error: Exception, at: datetime) -> None:
    failures = server.failures + 1
    pause = min(BACKOFF[min(failures, len(BACKOFF)) - 1], _LONGEST_PAUSE)
    reason = _reason(server, error)
    logger.warning("Mailbox %s could not be read: %s", server.pk, error)
    IncomingServer.objects.filter(pk=server.pk).update(
        claimed_at=None, due_at=at + pause, checked_at=at, last_error=reason, failures=failures
    )


def _reason(server: IncomingServer, error: Exception) -> str:
    try:
        return sentence_of(error, access_of(server))
    except DomainError as refusal:
        return str(refusal)
