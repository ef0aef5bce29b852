"""Delivery reports (RFC 3464): the mail they are about is marked, where people look for it."""

from __future__ import annotations

import re

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.places import Delivery, Letter
from deskhand.base.mail.services.matching import token_in
from deskhand.kit import records
from deskhand.kit.live import nudge
from deskhand.kit.work.models import WorkState

_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^<>\s]{3,255})>", re.IGNORECASE | re.MULTILINE)
_REASON = re.compile(rb"^diagnostic-code:\s*(?:[\w-]+;\s*)?(.+(?:\r?\n[ \t].+)*)", re.IGNORECASE | re.MULTILINE)
_LONGEST_REASON = 240


def take_bounce(letter: Letter, raw: bytes) -> Delivery:
    """Mark the mail that could not be delivered as failed, with the reason that the other server gave.

    A report that only says *delayed* is none to the parser. Two queries, one UPDATE.
    """
    bounced = _bounced_mail(letter, raw)
    if bounced is None:
        return Delivery(Outcome.IGNORED, _("It reports on the delivery of a mail that this desk did not send."))
    record = _record_of(bounced)
    reason = _("The mail server of %(address)s refused the mail: %(reason)s") % {
        "address": bounced.to_address,
        "reason": _reason(raw) or letter.mail.subject,
    }
    OutgoingMail.objects.filter(pk=bounced.pk).update(state=WorkState.FAILED, last_error=reason, html="", text="")
    if record:
        nudge(f"{record._meta.model_name}.{record.pk}")  # noqa: SLF001
    explanation = _("It reports that a mail to %(address)s could not be delivered; that mail is marked as failed.")
    return Delivery(Outcome.IGNORED, explanation % {"address": bounced.to_address}, record)


def _bounced_mail(letter: Letter, raw: bytes) -> OutgoingMail | None:
    mail = letter.mail
    reported = {found.decode(errors="replace") for found in _MESSAGE_ID.findall(raw)} - {mail.message_id}
    about = Q(message_id__in=[*reported, *mail.in_reply_to, *mail.references])
    token = token_in(letter)
    if token:
        about |= Q(content_type=token.content_type, object_id=token.object_id, to_contact=token.contact)
    candidates = list(OutgoingMail.objects.filter(about).order_by("-pk")[:50])
    named = [sent for sent in candidates if sent.message_id in reported]
    addressed = [sent for sent in candidates if sent.to_address.lower() in mail.bounced]
    return next(iter(named or addressed or candidates), None)


def _record_of(mail: OutgoingMail) -> Model | None:
    if mail.content_type_id is None or mail.object_id is None:
        return None
    return records.find(mail.content_type_id, mail.object_id)


def _reason(raw: bytes) -> str:
    found = _REASON.search(raw)
    return " ".join(found[1].decode(errors="replace").split())[:_LONGEST_REASON] if found else ""
