from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError

from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.places import RECORD_MAILS
from deskhand.base.mail.services.reading import read_mail
from deskhand.base.mail.services.receiving import envelope_of, known_recipients, receive_mail
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState

#: sysexits.h, which mail servers understand.
EX_OK, EX_DATAERR, EX_NOUSER, EX_TEMPFAIL = 0, 65, 67, 75
_PATIENCE = 30


class Command(BaseCommand):
    help = (
        "Takes one mail from standard input, reads it at once and prints as JSON what became of it and why. "
        "Exit codes: 0 processed, 65 unreadable, 67 unknown recipient, 75 try again later."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            action="append",
            metavar="ADDRESS",
            help="envelope recipient, may be repeated (else from the headers)",
        )
        parser.add_argument("--sender", metavar="ADDRESS", help="envelope sender; '' for none (else from the headers)")

    def handle(self, *_args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(settings.MAX_MAIL_BYTES + 1)
        try:
            code, answer = _take(raw, options["to"], options["sender"])
        except (OperationalError, InterfaceError) as error:
            code, answer = EX_TEMPFAIL, _answer("waiting", f"The database is away: {error}".strip())
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if code:
            raise SystemExit(code)


def _take(raw: bytes, to: list[str] | None, sender: str | None) -> tuple[int, dict[str, Any]]:
    if not raw.strip():
        return EX_DATAERR, _answer("refused", "There is no mail on standard input. Use: mail-receive < message.eml")
    if len(raw) > settings.MAX_MAIL_BYTES:
        limit = settings.MAX_MAIL_BYTES // 1_000_000
        return EX_DATAERR, _answer("refused", f"This mail is too large: {limit} MB is the most.")
    envelope = envelope_of(raw)
    named = to or envelope.recipients
    recipients = known_recipients(list(dict.fromkeys(named)))
    if named and not recipients:
        return EX_NOUSER, _answer("refused", f"Nobody here receives mail at {', '.join(named)}.")
    return _read(raw, recipients, envelope.sender if sender is None else sender.strip("<>"))


def _read(raw: bytes, recipients: list[str], sender: str) -> tuple[int, dict[str, Any]]:
    at = now()
    received = receive_mail(raw=raw, sender=sender, recipients=recipients, via="pipe", at=at, wake_reader=False)
    read_mail(received.pk, at=now())
    mail = _when_read(received.pk)
    if mail.state in {WorkState.WAITING, WorkState.WORKING}:
        return EX_TEMPFAIL, _answer("waiting", f"It is stored and will be read later. {mail.last_error}".strip(), mail)
    if mail.outcome == Outcome.FAILED:
        return EX_DATAERR, _answer(mail.outcome, mail.explanation, mail)
    if received.received_at != at:
        return EX_OK, _answer(Outcome.DUPLICATE, "The same mail was delivered before.", mail)
    return EX_OK, _answer(mail.outcome, mail.explanation, mail)


def _when_read(pk: int) -> IncomingMail:
    """The mail, once it has been read; by the worker, if that was faster."""
    until = time.monotonic() + _PATIENCE
    while True:
        mail = IncomingMail.objects.without_raw().get(pk=pk)
        if mail.state != WorkState.WORKING or time.monotonic() > until:
            return mail
        time.sleep(0.05)


def _answer(outcome: str, explanation: str, mail: IncomingMail | None = None) -> dict[str, Any]:
    """``ticket`` (and any other kind of record that writes mails) is null unless the mail led to one."""
    answer: dict[str, Any] = {"id": mail.pk if mail else None, "outcome": str(outcome), "explanation": explanation}
    answer |= {str(kind.model._meta.model_name): None for kind in RECORD_MAILS}  # noqa: SLF001
    if mail and mail.content_type_id and mail.object_id:
        record = records.find(mail.content_type_id, mail.object_id)
        for kind in RECORD_MAILS:
            if record is not None and isinstance(record, kind.model):
                url = settings.SITE_URL + records.type_of(record).url(record)
                answer[str(kind.model._meta.model_name)] = {"number": kind.reference(record), "url": url}  # noqa: SLF001
    return answer
