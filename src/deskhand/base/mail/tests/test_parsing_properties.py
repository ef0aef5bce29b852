"""What holds for every mail, also for one that nobody would send."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.base.mail.management.commands.mail_parse import as_json
from deskhand.base.mail.parsing import ParsedMail, UnreadableMail, parse_mail

MAILS = [path.read_bytes() for path in sorted((Path(__file__).parent / "mails").glob("*.eml"))]
#: Pieces that mean something to a parser, put where they do not belong.
PIECES = [
    b"\n", b"\r\n", b"\r", b"\0", b"=?utf-8?q?", b"?=", b"=?gb2312?B?", b'"', b"(", b"<", b">", b";", b",", b":", b"@",
    b"--b\n", b"--b--", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x1b$B", b"\nContent-Type: multipart/mixed; boundary=b\n",
    b"\nContent-Type: text/html\n\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-7", b"charset=hz",
    b"<blockquote type=cite>", b"</div>", b"<div class=gmail_quote>", b"<pre>\n", b"&#xD800;", b"> ", b"-- \n",
    b"On 12.03.2026 10:11 X wrote:\n", b"From: a@b\nTo: b\nSubject: c\n", b"-----Original Message-----\n", b"*0*=",
    b"Date: 31 Feb 2026 25:61 +9999\n", b"begin 644 x\n", b"\nend\n", b"=E2=80=AE", b"\xe2\x80\xa8", b"cid:",
]  # fmt: skip
TEN_SECONDS = settings(deadline=timedelta(seconds=10), suppress_health_check=[HealthCheck.too_slow], max_examples=300)


@st.composite
def damaged_mails(draw: st.DrawFn) -> bytes:
    """A mail that was sane, after an accident or ten."""
    raw = draw(st.sampled_from(MAILS))
    for _ in range(draw(st.integers(1, 10))):
        place = draw(st.integers(0, len(raw)))
        lost = draw(st.integers(0, 30))
        raw = raw[:place] + draw(st.sampled_from(PIECES) | st.binary(max_size=4)) + raw[place + lost :]
    return raw


@given(st.binary(max_size=400) | damaged_mails())
@TEN_SECONDS
def test_any_bytes_are_read_or_refused_as_empty(raw: bytes) -> None:
    try:
        mail = parse_mail(raw)
    except UnreadableMail:
        assert not raw.strip(b"\r\n\0 \t\xef\xbb\xbf\xff\xfe")
        return
    json.dumps(as_json(mail), ensure_ascii=False).encode()
    assert "\0" not in "".join(
        [mail.text, mail.html, mail.subject, mail.sender.name, mail.message_id, *mail.references]
    )
    assert_the_reply_is_part_of_the_text(mail)
    assert_file_names_are_harmless(mail)
    assert mail.date is None or mail.date.tzinfo is not None


def assert_the_reply_is_part_of_the_text(mail: ParsedMail) -> None:
    """Line by line, in the same order; and never empty if the mail has text."""
    lines = iter(mail.text.split("\n"))
    for line in mail.reply_text.split("\n"):
        assert not line.strip() or any(line.strip() == candidate.strip() for candidate in lines)
    assert bool(mail.reply_text.strip()) == bool(mail.text.strip())


def assert_file_names_are_harmless(mail: ParsedMail) -> None:
    names = [file.name for file in mail.files]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert name
        assert name == name.strip(" .")
        assert len(name.encode()) <= 255
        assert not set(name) & set('/\\<>:"|?*\0\r\n\t\u202e\u2066')


FIVE_MEGABYTES = 5_000_000
ENOUGH = 1_500_000  # bytes in which everything that grows faster than the size shows
TEXT = b"From: a@x.example\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n"
HTML = b"From: a@x.example\nSubject: Re: x\nContent-Type: text/html; charset=utf-8\n\n"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (TEXT, b">\n"), (TEXT, b"> quoted\n"), (TEXT, b" "), (TEXT, b" \n"), (TEXT, b"\n"), (TEXT, b">"),
        (TEXT, b":\n"), (TEXT, b"On 2026-10-10 10:11 you wrote:\n"), (TEXT, b"From: a\nTo: b\n"), (TEXT, b"--\n"),
        (TEXT, b"http://"), (TEXT, b"begin 644 a\n"), (TEXT, b"##-"), (TEXT, b"\xe4"), (HTML, b"<"), (HTML, b"<div>"),
        (HTML, b"<p>"), (HTML, b"<b x=1>"), (HTML, b"</div>"), (HTML, b"<br>"), (HTML, b"&"), (HTML, b"<!--"),
        (HTML, b"<table><tr><td>"), (HTML, b"<blockquote type=cite>"), (HTML, b'<a b="'), (b"Subject: ", b"=?a?q?"),
        (b"Subject: ", b"=?utf-8?b?QUJD?= "), (b"Subject: x", b" "), (b"Subject: x", b"\n y"), (b"From: ", b"("),
        (b"From: ", b"<"), (b"From: ", b'"'), (b"From: ", b"@"), (b"From: ", b"a@b,"), (b"To: ", b"<,"),
        (b"Content-Type: text/plain; ", b";"), (b"Content-Type: text/plain; ", b"a*0*=b;"), (b"A: b\n", b"C: d\n"),
        (b"Content-Type: multipart/mixed; boundary=a\n\n", b"--a\n\nx\n"),
        (b"Content-Type: multipart/mixed; boundary=a\n\n", b"--a"),
        (b"From: a@b.example\n", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n"),
        (b"Content-Transfer-Encoding: base64\n\n", b"AA= \n"),
        (b"Content-Transfer-Encoding: quoted-printable\n\n", b"= "),
        (b"Content-Transfer-Encoding: x-uuencode\n\n", b"M\n"), (b"Message-ID: ", b"<"), (b"References: ", b"<a@b> "),
    ],
)  # fmt: skip
def test_time_grows_with_the_size_only(head: bytes, piece: bytes) -> None:
    assert seconds_for(head + piece * (ENOUGH // len(piece)) + b"\n\nend") < TOO_LONG


@pytest.mark.parametrize("piece", [b">\n", b" ", b"> quoted\n", b"word "])
def test_five_megabytes_of_text_take_seconds_at_most(piece: bytes) -> None:
    assert seconds_for(TEXT + piece * (FIVE_MEGABYTES // len(piece))) < TOO_LONG


#: Under 2 s on a quiet machine; what does not grow with the size alone takes minutes.
TOO_LONG = 10


def seconds_for(raw: bytes) -> float:
    """Of the processor, so that others who work on the machine do not count."""
    begin = time.process_time()
    parse_mail(raw)
    return time.process_time() - begin
