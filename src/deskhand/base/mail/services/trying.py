"""*Test Connection*: really connects and signs in, and says in a sentence how far it came."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from queue import Empty, SimpleQueue

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from deskhand.base.companies.public import Company
from deskhand.base.mail.enums import BoxKind, Security
from deskhand.base.mail.models import IncomingServer, MailServer, OutgoingServer
from deskhand.base.mail.services.access import Access, access_of
from deskhand.base.mail.services.boxes import Wanted, open_box
from deskhand.base.mail.services.failures import sentence_of
from deskhand.base.mail.services.fetching import wanted_of
from deskhand.base.mail.services.receiving import offered_addresses
from deskhand.base.mail.services.transports import smtp_backend
from deskhand.kit.errors import DomainError

#: Somebody waits for it on a page: for one answer, and for all of it, in seconds.
_PATIENCE, _WHOLE_PATIENCE = 5, 9


@dataclass(frozen=True)
class Trial:
    """What came of it, and whether that is as it should be."""

    is_well: bool
    sentence: str


def try_outgoing_server(server: OutgoingServer, *, at: datetime, to: str = "") -> Trial:
    """Connect, sign in, and ask whether it takes mail from us; with ``to`` also send a mail there.

    Takes at most ten seconds. The outcome stands on the server.
    """
    sender = sample_sender(server)
    trial = _tried(server, lambda access: _send_by(access, sender, to))
    OutgoingServer.objects.filter(pk=server.pk).update(
        checked_at=at, last_error="" if trial.is_well else trial.sentence
    )
    return trial


def try_incoming_server(server: IncomingServer, *, at: datetime) -> Trial:
    """Connect, sign in, open the folder, count; nothing is fetched or marked.

    Takes at most ten seconds. The outcome stands on the server.
    """
    kind, wanted = BoxKind(server.kind), wanted_of(server)
    trial = _tried(server, lambda access: _look_into(kind, access, wanted))
    IncomingServer.objects.filter(pk=server.pk).update(
        checked_at=at, last_error="" if trial.is_well else trial.sentence
    )
    return trial


def try_servers_in_use(*, at: datetime) -> Iterator[tuple[MailServer, Trial]]:
    """Every server that is used at present, one after the other, with what came of it."""
    for outgoing in OutgoingServer.objects.in_use():
        yield outgoing, try_outgoing_server(outgoing, at=at)
    for incoming in IncomingServer.objects.in_use():
        yield incoming, try_incoming_server(incoming, at=at)


def sample_sender(server: OutgoingServer) -> str:
    """An address that the server should take mail from: one of ours that its filter names. Two queries."""
    named = [word for word in server.from_filter.split(", ") if word]
    addresses = [word for word in named if "@" in word]
    ours = [
        *(address for address, _name in offered_addresses()),
        *Company.objects.exclude(email="").values_list("email", flat=True),
        parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    ]
    fitting = [*addresses, *(address for address in ours if server.fitness(address))]
    return fitting[0] if fitting else f"postmaster@{named[0]}"


def _tried(server: OutgoingServer | IncomingServer, attempt: Callable[[Access], str]) -> Trial:
    try:
        access = access_of(server)
    except DomainError as refusal:
        return Trial(is_well=False, sentence=str(refusal))
    outcome: SimpleQueue[Trial] = SimpleQueue()
    language = get_language() or settings.LANGUAGE_CODE

    def work() -> None:
        with override(language):
            try:
                outcome.put(Trial(is_well=True, sentence=attempt(access)))
            except Exception as error:  # noqa: BLE001  (whatever it is: who tries is told)
                outcome.put(Trial(is_well=False, sentence=sentence_of(error, access)))

    # Looking a name up cannot be stopped, and a server may answer one letter at a time.
    threading.Thread(target=work, daemon=True).start()
    try:
        return outcome.get(timeout=_WHOLE_PATIENCE)
    except Empty:
        return Trial(is_well=False, sentence=sentence_of(TimeoutError(), access))


def _send_by(access: Access, sender: str, to: str) -> str:
    backend = smtp_backend(access, timeout=_PATIENCE)
    backend.open()
    connection: smtplib.SMTP = backend.connection  # type: ignore[assignment]
    try:
        if to:
            connection.send_message(_sample_mail(sender, to), sender, [to])
            return _("%(done)s A test mail from %(sender)s is on its way to %(address)s.") % {
                "done": _signed_in(access),
                "sender": sender,
                "address": to,
            }
        connection.ehlo_or_helo_if_needed()
        code, said = connection.mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        connection.rset()
        return _("%(done)s It takes mail from %(sender)s.") % {"done": _signed_in(access), "sender": sender}
    finally:
        backend.close()


def _look_into(kind: BoxKind, access: Access, wanted: Wanted) -> str:
    box = open_box(kind, access, wanted, timeout=_PATIENCE)
    try:
        return f"{_signed_in(access)} {box.contents()}"
    finally:
        box.close()


def _signed_in(access: Access) -> str:
    """How far it came: with whom, how secret, as whom."""
    done = _("Signed in to %(place)s.") if access.username else _("%(place)s answers; no sign-in is set.")
    if access.security == Security.NONE:
        done = f"{done} {_('What is said can be read on the way: there is no encryption.')}"
    return done % {"place": access.place}


def _sample_mail(sender: str, to: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = _("Test mail of Deskhand")
    mail["From"], mail["To"] = sender, to
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        _("This mail shows that Deskhand at %(address)s can send by this server.") % {"address": settings.SITE_URL}
    )
    return mail
