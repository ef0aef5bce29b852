from __future__ import annotations

import asyncio
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from deskhand.base.mail.management.listening import listen


class Command(BaseCommand):
    help = "Receives mail by SMTP (or LMTP) and stores it; the worker reads it. Stops cleanly on SIGTERM and Ctrl+C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.MAIL_LISTEN_HOST, help="address to listen at (%(default)s)")
        parser.add_argument(
            "--port", type=int, default=settings.MAIL_LISTEN_PORT, help="port to listen at (%(default)s)"
        )
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP, for a mail server on the same machine")

    def handle(self, *_args: Any, **options: Any) -> None:
        host, port, lmtp = options["host"], options["port"], options["lmtp"]

        def on_ready(bound: int) -> None:
            self.stdout.write(f"Listening for mail at {host}:{bound} ({'LMTP' if lmtp else 'SMTP'}).")
            self.stdout.flush()

        try:
            asyncio.run(listen(host=host, port=port, lmtp=lmtp, on_ready=on_ready))
        except OSError as error:
            raise CommandError(
                f"Cannot listen at {host}:{port}: {error.strerror or error}. Stop what listens there, or choose "
                "another port with --port or MAIL_LISTEN_PORT.",
                returncode=os.EX_UNAVAILABLE,
            ) from error
