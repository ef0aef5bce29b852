"""Header fields one by one, in all the shapes that programs give them."""

from __future__ import annotations

import pytest

from deskhand.base.mail.parsing import ParsedMail, parse_mail


def with_header(name: str, value: str | bytes) -> ParsedMail:
    data = value if isinstance(value, bytes) else value.encode()
    return parse_mail(b"Received: from x\n" + name.encode() + b": " + data + b"\n\nx")


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("Müller, Anna <a@x.example>", ("a@x.example", "Müller, Anna")),
        (b"M\xfcller <a@x.example>", ("a@x.example", "Müller")),
        ("=?utf-8?q?=22Anna=22?= <a@x.example>", ("a@x.example", "Anna")),
        ("<a@x.example>", ("a@x.example", "")),
        ("a@x.example <a@x.example>", ("a@x.example", "")),
        ('"b@x.example" <a@x.example>', ("a@x.example", "b@x.example")),
        ('"Foo <bar@x.example>" <a@x.example>', ("a@x.example", "Foo <bar@x.example>")),
        ("John Doe <a@x.example", ("a@x.example", "John Doe")),
        ("John Doe a@x.example>", ("a@x.example", "John Doe")),
        ('"John Doe <a@x.example>', ("a@x.example", "John Doe")),
        ("John\r\n Doe\r\n\t<a@x.example>", ("a@x.example", "John Doe")),
        ("=?utf-8?B?SsO8cmdlbiA8akB4LmV4YW1wbGU+?=", ("j@x.example", "Jürgen")),
        ("postmaster", ("", "postmaster")),
        ("Friends: a@x.example, b@x.example;", ("a@x.example", "")),
        ("Ann <user@[192.0.2.1]>", ("user@[192.0.2.1]", "Ann")),
        ("user@[IPv6:2001:db8::1]", ("user@[ipv6:2001:db8::1]", "")),
        ('"john doe"@x.example', ('"john doe"@x.example', "")),
        ('J <"john doe"@x.example>', ('"john doe"@x.example', "J")),
        ('J <"john.doe"@x.example>', ("john.doe@x.example", "J")),
        ("müller@bücher.example", ("müller@bücher.example", "")),
        ("Ann (Acc) <a@x.example>", ("a@x.example", "Ann")),
        ("a@x.example (=?utf-8?q?J=C3=BCrgen?=)", ("a@x.example", "Jürgen")),
        ('"O\'Brien, Pat \\"Pat\\"" <a@x.example>', ("a@x.example", 'O\'Brien, Pat "Pat"')),
        ("'Ann' <a@x.example>", ("a@x.example", "Ann")),
        ("Ann <a@x.example> (work)", ("a@x.example", "Ann")),
        ("Ann <<a@x.example>>", ("a@x.example", "Ann")),
        ("Ann <mailto:a@x.example>", ("a@x.example", "Ann")),
        ("Ann [a@x.example]", ("a@x.example", "Ann")),
        ("Ann@Home <a@x.example>", ("a@x.example", "Ann@Home")),
        ("Ann <a @ x.example>", ("a@x.example", "Ann")),
        ("a @ x.example", ("a@x.example", "")),
        ("A. N. Other <a@x.example>", ("a@x.example", "A. N. Other")),
        ("=?utf-8?Q?Doe,_John_(IT)?= <a@x.example>", ("a@x.example", "Doe, John (IT)")),
        ("=?utf-8?Q?Doe?= , =?utf-8?Q?John?= <a@x.example>", ("a@x.example", "Doe, John")),
        ("Evil\u202eName\u200b <a@x.example>", ("a@x.example", "EvilName")),
        ("Ann <a@x.example>, ", ("a@x.example", "Ann")),
        ("<>, Ann <a@x.example>", ("a@x.example", "Ann")),
        ("Ann: <a@x.example>", ("a@x.example", "")),
        ("Team X: Ann <a@x.example>", ("a@x.example", "Ann")),
    ],
)
def test_the_sender_is_read_from_any_shape(header: str | bytes, sender: tuple[str, str]) -> None:
    mail = with_header("From", header)

    assert (mail.sender.address, mail.sender.name) == sender


@pytest.mark.parametrize(
    ("header", "addresses"),
    [
        ("undisclosed-recipients:;", []),
        ("a@x.example b@x.example", ["a@x.example", "b@x.example"]),
        ("a@x.example;b@x.example", ["a@x.example", "b@x.example"]),
        (
            "Group One: A <a@x.example>, b@x.example; Group Two:c@x.example;, d@x.example",
            ["a@x.example", "b@x.example", "c@x.example", "d@x.example"],
        ),
        ("(comment) a@x.example, b(c)@x.example", ["a@x.example", "b@x.example"]),
        ('"a, b" <a@x.example>,\r\n "c; d" <c@x.example>', ["a@x.example", "c@x.example"]),
        ("A@X.example, a@x.example", ["a@x.example"]),
        ("A <a@x.example> B <b@x.example>", ["a@x.example", "b@x.example"]),
    ],
)
def test_recipients_are_read_from_any_shape(header: str, addresses: list[str]) -> None:
    assert [box.address for box in with_header("To", header).to] == addresses


def test_thousands_of_recipients_are_read() -> None:
    addresses = [f"u{number}@x.example" for number in range(3000)]

    assert [box.address for box in with_header("To", ",\n ".join(addresses)).to] == addresses


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?Q?a?= =?iso-8859-1?Q?=FC?=", "aü"),
        ("=?utf-8?Q?a?=  b", "a b"),
        ("x =?utf-8?Q??= y", "x y"),
        ("=?utf-8*en?Q?a=C3=BC?=", "aü"),
        ("=?utf-8?B?R3LDv?= =?utf-8?B?MOfZQ==?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ=?=", "Grüße"),
        ("=?utf-8?Q?=E2=82?=\r\n =?utf-8?Q?=AC_5?=", "€ 5"),
        ("=?UTF-8?q?Re=3A_=5BTicket_=2342=5D?= x", "Re: [Ticket #42] x"),
        ("=?unknown-8bit?q?caf=E9?=", "café"),
        ("=??q?caf=C3=A9?=", "café"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("a\tb\r\n\tc", "a b c"),
        ("=?utf-8?Q?abc", "abc"),
        ("=?utf-8?B?R3LDvMOf", "Grüß"),
        ("2+2=?", "2+2=?"),
        ("Why=?Because?=", "Why=?Because?="),
        ("=?iso-8859-1?Q?Gr=FC=DFe?==?iso-8859-1?Q?_aus?=", "Grüße aus"),
        ("=?utf-8?Q?=F0=9F=98?= =?utf-8?Q?=80_ok?=", "😀 ok"),
        ("=?utf-8?Q?a=ZZb?=", "a=ZZb"),
        ('"=?utf-8?Q?quoted_=C3=BC?="', '"quoted ü"'),
        ("=?windows-1251?B?0uXx8g==?=", "Тест"),
        ("=?utf-7?Q?Gr+APwA3w-e?=", "Grüße"),
        (b"Gr\xfc\xdfe", "Grüße"),
        ("Größe 日本", "Größe 日本"),
        ("=?utf-8?q?one?= two =?utf-8?q?three?=", "one two three"),
        ("\x00a\x07b", "ab"),
        ("=?utf-8?Q?line1=0D=0ABcc:_x?=", "line1 Bcc: x"),
        ("=?big5?B?pKSk5Q==?=", "中文"),
        ("=?euc-kr?B?x9GxuQ==?=", "한국"),
        ("=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"),
        ("=?shift_jis?B?k/qWew==?=", "日本"),
        ("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"),
    ],
)
def test_subjects_are_decoded(header: str | bytes, subject: str) -> None:
    assert with_header("Subject", header).subject == subject


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        ("Content-Disposition: attachment; filename*=utf-8'en'%e2%82%ac%20rates.pdf", ["€ rates.pdf"]),
        ("Content-Disposition: attachment; filename*=''foo.pdf", ["foo.pdf"]),
        ("Content-Disposition: attachment; filename*=foo.pdf", ["foo.pdf"]),
        ('Content-Disposition: attachment; filename*1="b.pdf"; filename*0="a"', ["ab.pdf"]),
        ("Content-Disposition: attachment; filename*0*=UTF-8''a%C3; filename*1*=%A4.pdf", ["aä.pdf"]),
        ('Content-Disposition: attachment; filename="Größe.pdf"', ["Größe.pdf"]),
        (b'Content-Disposition: attachment; filename="Gr\xf6\xdfe.pdf"', ["Größe.pdf"]),
        ('Content-Disposition: attachment; filename = "a b.pdf" ; size=3', ["a b.pdf"]),
        ('Content-Disposition: attachment;\n filename="a\n b.pdf"', ["a b.pdf"]),
        ("Content-Disposition: attachment; filename==?utf-8?Q?a=C3=BC.pdf?=", ["aü.pdf"]),
        (
            'Content-Disposition: attachment; filename="=?utf-8?Q?very_long_?=\n =?utf-8?Q?n=C3=A4me.pdf?="',
            ["very long näme.pdf"],
        ),
        ('Content-Disposition: attachment; filename="%E2%82%AC.pdf"', ["€.pdf"]),
        ('Content-Disposition: attachment; filename="100%25.pdf"', ["100%25.pdf"]),
        ('Content-Disposition: filename="x.pdf"', ["x.pdf"]),
        ('Content-Disposition: attachment; filename=""', ["attachment.pdf"]),
        ("", ["attachment.pdf"]),
        ("Content-Disposition: attachment; filename='x.pdf'", ["x.pdf"]),
        ('Content-Disposition: attachment; filename="a\\"b.pdf"', ["a_b.pdf"]),
        ('Content-Disposition: attachment; filename="noext"', ["noext.pdf"]),
        ('Content-Disposition: attachment; filename=".htaccess"', ["htaccess.pdf"]),
        ('Content-Disposition: attachment; filename="a/"', ["a.pdf"]),
        ('Content-Disposition: attachment; filename="file.PDF "', ["file.PDF"]),
        ('Content-Disposition: attachment; filename="é.pdf"', ["é.pdf"]),
        ('Content-Disposition: attachment; filename="COM1"', ["_COM1.pdf"]),
        ('Content-Disposition: attachment; filename="日本' + "語" * 200 + '.pdf"', ["日本" + "語" * 76 + ".pdf"]),
        ("Content-Disposition: attachment; filename=a.tar.gz", ["a.tar.gz"]),
        ("Content-Disposition: attachment; filename*=iso-2022-jp''%1B%24B%46%7C%4B%5C%1B%28B.pdf", ["日本.pdf"]),
    ],
)
def test_file_names_are_read_and_made_safe(headers: str | bytes, names: list[str]) -> None:
    data = headers if isinstance(headers, bytes) else headers.encode()

    mail = parse_mail(
        b"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: application/pdf\n" + data + b"\n\nx\n--b--\n"
    )

    assert [file.name for file in mail.files] == names


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("Thu, 12 Mar 2026 10:11:12 +0100", "2026-03-12T09:11:12+00:00"),
        ("Thu, 12 Mar 2026 10:11:12 +0100 (CET)", "2026-03-12T09:11:12+00:00"),
        ("12 Mar 2026 10:11 GMT", "2026-03-12T10:11:00+00:00"),
        ("Thu, 12 Mar 2026 10:11:12 CEST", "2026-03-12T08:11:12+00:00"),
        ("Thu, 12 Mar 2026 10:11:12 EST", "2026-03-12T15:11:12+00:00"),
        ("Thu, 12 Mar 2026 10:11:12", "2026-03-12T10:11:12+00:00"),
        ("Thu, 12 Mar 2026 10:11:12 -0000", "2026-03-12T10:11:12+00:00"),
        ("Thu, 12 Mar 2026 10:11:12 +9999", "2026-03-12T10:11:12+00:00"),
        ("Thu Mar 12 10:11:12 2026", "2026-03-12T10:11:12+00:00"),
        ("Thursday, 12-Mar-26 10:11:12 GMT", "2026-03-12T10:11:12+00:00"),
        ("2026-03-12T10:11:12Z", "2026-03-12T10:11:12+00:00"),
        ("2026-03-12 10:11:12 +0100", "2026-03-12T09:11:12+00:00"),
        ("2026/03/12 10:11", "2026-03-12T10:11:00+00:00"),
        ("12.03.2026 10:11", "2026-03-12T10:11:00+00:00"),
        ("12 mars 2026 10:11 +0100", "2026-03-12T09:11:00+00:00"),
        ("12 de marzo de 2026 10:11", "2026-03-12T10:11:00+00:00"),
        ("Thu, 12 Mar 2026 10:11:60 +0000", "2026-03-12T10:11:59+00:00"),
        ("31 Feb 2026 10:11:12 +0000", None),
        ("soon", None),
        ("", None),
        ("0", None),
        ("1 Jan 1900 00:00:00 +0000", None),
        ("Thu, 12 Mar 9999 10:11:12 -0100", None),
        ("Thu, 12 Mar 2126 10:11:12 +0000", None),
    ],
)
def test_dates_are_read_or_left_out(header: str, moment: str | None) -> None:
    date = with_header("Date", header).date

    assert (date and date.isoformat()) == moment


@pytest.mark.parametrize(
    ("header", "message_id"),
    [
        ("<a@x.example>", "a@x.example"),
        ("a@x.example", "a@x.example"),
        ("<a b@x.example>", "ab@x.example"),
        ("<a@x.example> (added by a server)", "a@x.example"),
        ("<<a@x.example>>", "a@x.example"),
        ("<>", ""),
        ("", ""),
        ("<no-domain>", "no-domain"),
        ("\n <a@x.example>", "a@x.example"),
        ("<a@x.example", "a@x.example"),
    ],
)
def test_message_ids_are_read_however_malformed(header: str, message_id: str) -> None:
    assert with_header("Message-ID", header).message_id == message_id
