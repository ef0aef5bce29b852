"""Delivery reports: those of RFC 3464, and those of mail servers that came before it or do not care."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from deskhand.base.mail.parsing.addresses import clean_address, parse_addresses
from deskhand.base.mail.parsing.headers import Headers, split_headers
from deskhand.base.mail.parsing.languages import DELAYED_SUBJECTS, FAILED_SUBJECTS

if TYPE_CHECKING:
    from deskhand.base.mail.parsing.parts import Part
    from deskhand.base.mail.parsing.shapes import MailKind

_DELIVERY_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_REPORT_TYPES = frozenset({
    "message/disposition-notification", "message/global-disposition-notification", "message/feedback-report",
})  # fmt: skip
_MACHINES = ("mailer-daemon", "mail-daemon", "mailerdaemon", "microsoftexchange")
_DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "mdaemon", "mail delivery system"})
#: How the texts of well-known servers begin, when they give up.
_GIVEN_UP = re.compile(
    r"hi\. this is the .{1,60}program|this message was created automatically by mail delivery software|"
    r"did not reach the following recipient|could not be delivered|couldn't be delivered|wasn't delivered|"
    r"was not delivered|delivery to the following recipients? (?:has )?failed|undeliverable|"
    r"permanent(?:ly)? (?:fatal )?(?:error|failed)|"
    r"delivery has failed|i wasn't able to deliver|unable to deliver|address(?:es)? (?:that )?failed|user unknown|"
    r"konnte nicht zugestellt werden|nicht zugestellt|n'a pas pu être (?:remis|distribué)|no se pudo entregar|"
    r"non (?:è stato possibile|può essere) (?:recapitar|consegnat)",
)
_STILL_TRYING = re.compile(
    r"this is a warning|do not need to resend|will (?:continue to|keep) (?:be )?(?:try|retr)|(?:has been|is) delayed|"
    r"delivery (?:is |has been )?delayed|delivery attempts will continue|not yet been delivered|no action is required|"
    r"noch nicht zugestellt|wird weiter versucht|retardé",
)
#: From here on a report shows our own mail.
_RETURNED = re.compile(
    r"^[ \t>]*(?:-{2,}.{0,40}(?:copy of|original message|your message|returned message|message headers).{0,80}|"
    r"-{2,}.{0,20}below this line.{0,80}|(?:Return-Path|Received|Message-ID):\s.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
_LONGEST_NOTICE = 20_000
_MOST_RECIPIENTS = 1_000


class Report(NamedTuple):
    """What a machine-readable report says. ``has_actions``: it says anything about a recipient at all."""

    is_about_delivery: bool
    failed: tuple[str, ...] = ()
    has_actions: bool = False


def read_report(root: Part) -> Report | None:
    """The report in a mail, None if it has none. Relayed, expanded, delivered and delayed are not failed."""
    status = next((part for part in root.walk() if part.mime_type in _DELIVERY_TYPES), None)
    if status is not None:
        recipients = list(_recipients(status.content))
        failed = [address for address, is_failed in recipients if is_failed and address]
        return Report(True, tuple(dict.fromkeys(failed)), has_actions=bool(recipients))
    if root.mime_type == "multipart/report":
        kind = root.content_type.parameters.get("report-type", "").lower()
        return Report(is_about_delivery=kind in {"delivery-status", ""})
    if any(part.mime_type in _REPORT_TYPES for part in root.walk()):
        return Report(is_about_delivery=False)
    return None


def _recipients(data: bytes) -> list[tuple[str, bool]]:
    """Address and "it failed" of every recipient in a delivery status."""
    found: list[tuple[str, bool]] = []
    for fields in _groups(data[:1_000_000]):
        action = fields.text("action").partition(" ")[0].partition("(")[0].strip(" ;").lower()
        status = fields.text("status")
        address = _typed_address(fields.text("original-recipient")) or _typed_address(fields.text("final-recipient"))
        if action or address:
            is_failed = action.startswith("fail") or (not action and status.startswith("5"))
            found.append((address, is_failed))
    return found


def _groups(data: bytes) -> list[Headers]:
    """The fields of each recipient. If they do not stand apart, a field that comes again begins the next."""
    groups: list[dict[str, bytes]] = [{}]
    for block in data.replace(b"\r\n", b"\n").split(b"\n\n"):
        groups.append({})
        for name, value in split_headers(block + b"\n", 0, len(block) + 1)[0] if block.strip() else ():
            if name in groups[-1]:
                groups.append({})
            groups[-1][name] = value
        if len(groups) > _MOST_RECIPIENTS:
            break
    return [Headers(group.items()) for group in groups if group]


def _typed_address(value: str) -> str:
    """``rfc822; ann@example.com``"""
    _, semicolon, address = value.partition(";")
    found = _ADDRESS.search(address if semicolon else value)
    return clean_address(found[0]) if found else clean_address(address) if "@" in address else ""


def read_notice(root: Part, *, sender: str, subject: str, text: str) -> tuple[MailKind, tuple[str, ...]]:
    """Kind and failed addresses of a mail server's notice without a readable report.

    A bounce takes two signs: who sent it (a mail daemon, nobody), and what it says. A daemon's other notices are a
    machine's as well, but a postmaster may be a person.
    """
    headers = root.headers
    if "x-failed-recipients" in headers:
        boxes = parse_addresses(headers.raw("x-failed-recipients"))
        return "bounce", tuple(box.address for box in boxes if "@" in box.address)
    if not _is_from_daemon(headers, sender):
        return None, ()
    notice = _notice(text)
    if any(phrase in subject.lower()[:200] for phrase in DELAYED_SUBJECTS) or _STILL_TRYING.search(notice.lower()):
        return "auto", ()
    if any(phrase in subject.lower()[:200] for phrase in FAILED_SUBJECTS) or _GIVEN_UP.search(notice.lower()):
        return "bounce", _named_addresses(root, notice, sender)
    return "auto" if sender.startswith(_MACHINES) else None, ()


def _is_from_daemon(headers: Headers, sender: str) -> bool:
    local = sender.partition("@")[0]
    no_path = "return-path" in headers and headers.text("return-path") in {"<>", ""}
    names = headers.text("from").lower()
    return (
        local in _DAEMONS
        or local.startswith(("mailer-daemon", "microsoftexchange"))
        or no_path
        or ("mail delivery" in names or "mailer-daemon" in names or "mail administrator" in names)
    )


def _notice(text: str) -> str:
    """What the server says itself, without the mail that it returns."""
    head = text[:_LONGEST_NOTICE]
    returned = _RETURNED.search(head)
    return head[: returned.start()] if returned and returned.start() > 0 else head


def _named_addresses(root: Part, notice: str, sender: str) -> tuple[str, ...]:
    """Addresses in the notice that are neither the server's nor ours; else whom the returned mail was for."""
    known = {
        box.address for name in ("to", "cc", "from", "delivered-to") for box in parse_addresses(root.headers.raw(name))
    }
    known |= {sender}
    bracketed = re.findall(r"^\s*<([^<>\s]{3,320})>", notice, re.MULTILINE)
    candidates = [address for address in bracketed if _ADDRESS.fullmatch(address)] or _ADDRESS.findall(notice)
    found = list(dict.fromkeys(clean_address(address).rstrip(".") for address in candidates))
    failed = tuple(address for address in found if address not in known)
    return failed[:_MOST_RECIPIENTS] or _returned_recipients(root)


def _returned_recipients(root: Part) -> tuple[str, ...]:
    for part in root.walk():
        if part.mime_type in {"message/rfc822", "text/rfc822-headers", "message/global"} and part is not root:
            returned = Headers(split_headers(part.content, 0, len(part.content))[0])
            recipients = parse_addresses(returned.raw("to"))
            if len(recipients) == 1:
                return (recipients[0].address,) if recipients[0].address else ()
    return ()
