from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

MAILS = Path(__file__).parent / "mails"
KEYS = ["from", "name", "subject", "text", "html", "files", "kind", "rcpt", "reply", "to", "cc", "message_id", "date"]


def test_every_file_becomes_one_line_of_json_with_all_keys(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("mail_parse", str(MAILS / "bounce-qmail.eml"), str(MAILS / "words-in-quoted-strings.eml"))

    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert list(first) == KEYS
    assert (first["kind"], first["rcpt"]) == ("bounce", ["gone@customer.example"])
    assert second["name"] == "Müller, Anna"


def test_without_a_file_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"From: a@x.example\nSubject: Hi\n\nx")))
    out = io.StringIO()

    call_command("mail_parse", stdout=out)

    assert json.loads(out.getvalue())["subject"] == "Hi"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "empty.eml").touch()
    out = io.StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("mail_parse", "gone.eml", str(tmp_path / "empty.eml"), str(MAILS / "html-only.eml"), stdout=out)

    assert refusal.value.returncode == 1
    assert "gone.eml: cannot be read: No such file or directory." in str(refusal.value)
    assert "empty.eml: The message is empty" in str(refusal.value)
    assert json.loads(out.getvalue())["subject"] == "x"


def test_the_output_is_utf_8_whatever_the_terminal_says(tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes("From: a@x.example\nSubject: 日本 ü\n\nx".encode())

    done = subprocess.run(
        [sys.executable, "-m", "django", "mail_parse", str(mail)],
        env={"PATH": "", "DJANGO_SETTINGS_MODULE": "deskhand.config.settings", "DESKHAND_HOME": str(tmp_path),
             "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "ascii", "DATABASE_URL": "sqlite:////nowhere/at/all"},
        capture_output=True, check=True,
    )  # fmt: skip

    assert json.loads(done.stdout.decode())["subject"] == "日本 ü"
