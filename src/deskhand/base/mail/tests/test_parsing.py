"""The mails in ``mails/``: each ``.eml`` has beside it, as ``.json``, what must be understood of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskhand.base.mail.management.commands.mail_parse import as_json
from deskhand.base.mail.parsing import REPLY_MARKER, Mailbox, UnreadableMail, parse_mail

MAILS = Path(__file__).parent / "mails"
HEAD = b"From: ann@customer.example\nTo: support@desk.example\nSubject: Re: x\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.eml")))
def test_a_mail_is_understood_as_written_beside_it(name: str) -> None:
    expected = json.loads((MAILS / f"{name}.json").read_text(encoding="utf-8"))

    mail = parse_mail((MAILS / f"{name}.eml").read_bytes())

    understood = as_json(mail) | {"reply_html": mail.reply_html}
    assert {key: understood[key] for key in expected} == expected


@pytest.mark.parametrize("name", sorted(path.stem for path in MAILS.glob("*.eml")))
def test_a_mail_with_network_line_endings_is_the_same_mail(name: str) -> None:
    raw = (MAILS / f"{name}.eml").read_bytes()
    if b"\r" in raw:
        pytest.skip("it is about its line endings")

    assert as_json(parse_mail(raw.replace(b"\n", b"\r\n"))) == as_json(parse_mail(raw))


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b" \n\0\n\t"])
def test_a_mail_with_nothing_in_it_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(UnreadableMail, match=r"The message is empty.*\."):
        parse_mail(raw)


def test_pictures_of_the_text_are_inline_and_other_files_are_not() -> None:
    mail = parse_mail((MAILS / "nested-with-pictures-and-files.eml").read_bytes())

    assert [(file.content_id, file.mime_type, file.is_inline) for file in mail.files] == [
        ("shot@customer", "image/png", True),
        ("", "application/pdf", False),
    ]
    assert mail.files[1].data == b"%PDF-1.4\n"


def test_quote_and_signature_are_in_the_rest_and_nothing_is_lost() -> None:
    mail = parse_mail((MAILS / "html-thunderbird-bottom.eml").read_bytes())

    assert mail.reply_html == "<p>Yes!</p>"
    assert "Does it work?" in mail.quote_html
    assert "Ann" in mail.quote_html
    assert "Yes!" not in mail.quote_html


def test_ids_of_earlier_mails_are_read_without_brackets() -> None:
    mail = parse_mail(HEAD + b"In-Reply-To: Your mail <a@x.example>\nReferences: <r@x.example>\n <a@x.example>\n\nx")

    assert mail.in_reply_to == ("a@x.example",)
    assert mail.references == ("r@x.example", "a@x.example")


def test_reply_addresses_are_read_with_their_names() -> None:
    mail = parse_mail(HEAD + b"Reply-To: Ann <a@x.example>, b@x.example\n\nx")

    assert mail.reply_to == (Mailbox("a@x.example", "Ann"), Mailbox("b@x.example", ""))


def test_our_marker_is_recognised_however_its_words_are_translated() -> None:
    translated = REPLY_MARKER.replace("Write your reply above this line", "Bitte antworten Sie über dieser Zeile")

    mail = parse_mail(HEAD + f"\nMy answer\n\n{translated}\n\nOld text\n".encode())

    assert mail.reply_text == "My answer"


def test_the_whole_text_is_the_reply_if_nothing_else_would_be_left() -> None:
    mail = parse_mail(HEAD + b"\n-- \nAnn Lee\n\n> quoted\n")

    assert mail.reply_text == "-- \nAnn Lee"
