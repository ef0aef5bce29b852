"""``deskhand mail-parse [FILE…]``: what the parser understands of a mail."""

from __future__ import annotations

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deskhand.base.mail.parsing import ParsedMail, UnreadableMail, parse_mail

_STANDARD_INPUT = "-"


class Command(BaseCommand):
    """Needs no database. Exit code 1 if any of the mails could not be read; the others are shown nevertheless."""

    help = (
        "Show what Deskhand understands of mails: one JSON object per mail and line. Reads standard input without FILE."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="a mail as it was received (.eml); - is standard input"
        )

    def handle(self, *_: Any, files: list[str], **__: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8")
        failures = [reason for name in files or [_STANDARD_INPUT] if (reason := self._show(name)) is not None]
        if failures:
            raise CommandError("\n".join(failures), returncode=1)

    def _show(self, name: str) -> str | None:
        """Print one mail; the reason, if that is not possible."""
        title = "standard input" if name == _STANDARD_INPUT else name
        try:
            raw = sys.stdin.buffer.read() if name == _STANDARD_INPUT else Path(name).read_bytes()
            self.stdout.write(json.dumps(as_json(parse_mail(raw)), ensure_ascii=False))
        except OSError as error:
            return f"{title}: cannot be read: {error.strerror or error}."
        except UnreadableMail as error:
            return f"{title}: {error}"
        return None


def as_json(mail: ParsedMail) -> dict[str, Any]:
    """The mail as scripts get it: addresses without names, files by name, the date in ISO 8601."""
    return {
        "from": mail.sender.address,
        "name": mail.sender.name,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "files": [file.name for file in mail.files],
        "kind": mail.kind,
        "rcpt": list(mail.bounced),
        "reply": mail.reply_text,
        "to": [box.address for box in mail.to],
        "cc": [box.address for box in mail.cc],
        "message_id": mail.message_id,
        "date": mail.date.isoformat() if mail.date else None,
    }
