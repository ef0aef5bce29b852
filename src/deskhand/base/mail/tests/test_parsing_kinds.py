"""Who wrote it: a person, a machine, or a mail server that could not deliver."""

from __future__ import annotations

import pytest

from deskhand.base.mail.parsing import parse_mail

PERSON = "From: a@x.example\nTo: s@desk.example\n"
DAEMON = "From: MAILER-DAEMON@mx.example\nTo: s@desk.example\n"
REPORT = (
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    "--b\n\nnotice\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;mx\n\n{fields}\n"
    "--b\nContent-Type: message/rfc822\n\nTo: q@x.example\nSubject: s\n\n--b--\n"
)


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: auto-notified; x=y",
        "Auto-Submitted: (c) auto-replied",
        "Precedence: bulk",
        "Precedence: Junk",
        "Precedence: list",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: x",
        "List-Id: <x.y>\nPrecedence: list",
        "List-Id: <x.y>\nList-Unsubscribe: <https://x.example/off>",
        "List-Id: <x.y>\nList-Unsubscribe: <mailto:off@x.example>\nList-Post: NO",
        "Return-Path: <>",
        "Return-Path:",
        "Subject: Automatic reply: hi\nX-Auto-Response-Suppress: All",
        "Subject: Automatic reply: hi\nIn-Reply-To: <x>",
        "Subject: Abwesenheitsnotiz\nX-Auto-Response-Suppress: All",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
    ],
)
def test_signs_of_a_machine(header: str) -> None:
    assert parse_mail(f"{PERSON}{header}\n\nhello".encode()).kind == "auto"


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No",
        "Precedence: first-class",
        "X-Autoreply: no",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "List-Unsubscribe: <x>",
        "List-Id: <x.y>",
        "List-Id: Support <support.desk.example>\nList-Post: <mailto:support@desk.example>\nList-Unsubscribe: <x>",
        "Return-Path: <a@x.example>",
        "Subject: Out of office",
        "Subject: Re: Automatic reply: hi\nIn-Reply-To: <x>",
        "Auto-Submitted:",
        "Subject: Vacation rental question\nIn-Reply-To: <x>",
        "Subject: Absent parts in delivery\nIn-Reply-To: <x>",
    ],
)
def test_no_sufficient_signs_of_a_machine(header: str) -> None:
    assert parse_mail(f"{PERSON}{header}\n\nhello".encode()).kind is None


@pytest.mark.parametrize(
    ("fields", "kind", "failed"),
    [
        ("Final-Recipient: rfc822;a@y.example\nAction: failed", "bounce", ["a@y.example"]),
        ("Final-Recipient: utf-8;a@y.example\nAction: failed", "bounce", ["a@y.example"]),
        ("Final-Recipient: a@y.example\nAction: failed", "bounce", ["a@y.example"]),
        ("Final-Recipient: rfc822;a@y.example\nAction: expanded", "auto", []),
        ("Final-Recipient: rfc822;a@y.example\nStatus: 5.0.0", "bounce", ["a@y.example"]),
        (
            "Original-Recipient: rfc822;a@y.example\nFinal-Recipient: x400;/c=us\nAction: failed",
            "bounce",
            ["a@y.example"],
        ),
        (
            "Final-Recipient: rfc822;\n a@y.example\nAction: failed\nDiagnostic-Code: smtp; 550\n no",
            "bounce",
            ["a@y.example"],
        ),
        (
            "Final-Recipient: rfc822;a@y.example\nAction: failed\nFinal-Recipient: rfc822;b@y.example\nAction: failed",
            "bounce",
            ["a@y.example", "b@y.example"],
        ),
    ],
)
@pytest.mark.parametrize("sender", [DAEMON, PERSON])
def test_delivery_reports(fields: str, kind: str, failed: list[str], sender: str) -> None:
    mail = parse_mail((sender + REPORT.format(fields=fields)).encode())

    assert (mail.kind, list(mail.bounced)) == (kind, failed)


@pytest.mark.parametrize("report", ["disposition-notification", "feedback-report"])
def test_other_reports_are_a_machines(report: str) -> None:
    raw = (
        f"{PERSON}Content-Type: multipart/report; report-type={report}; boundary=b\n\n--b\n\nread\n"
        f"--b\nContent-Type: message/{report}\n\nFinal-Recipient: rfc822;a@x.example\n--b--\n"
    )

    assert parse_mail(raw.encode()).kind == "auto"


def test_a_person_who_attaches_a_bounce_is_a_person() -> None:
    bounce = DAEMON + REPORT.format(fields="Final-Recipient: rfc822;a@y.example\nAction: failed")
    raw = (
        f"{PERSON}Content-Type: multipart/mixed; boundary=o\n\n--o\n\nI got this\n"
        f"--o\nContent-Type: message/rfc822\n\n{bounce}\n--o--\n"
    )

    assert parse_mail(raw.encode()).kind is None
