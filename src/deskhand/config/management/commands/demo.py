"""``deskhand demo``: a company to try things on, or many tickets to measure with."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from deskhand.config.demo.filling import Filled, fill, fill_with_load, is_demo_there, is_empty
from deskhand.config.demo.founding import PASSWORD
from deskhand.config.demo.sister import sister_sources
from deskhand.config.demo.sources import read_sources
from deskhand.kit.clock import now

_MOST = 1_000_000


class Command(BaseCommand):
    help = (
        "Fill the database with Nordlys Home AS, which sells and services household appliances: three teams, twelve "
        "users, sixty customers and half a year of tickets, the last ones from just now, and with a small sister "
        "company in Hamburg. Nobody is sent a mail. "
        "Running it again changes nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=_count, metavar="N", help="bring the company to N tickets of load data instead (10000)"
        )
        parser.add_argument("--force", action="store_true", help="also into a database that has other data")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where somebody has begun to work")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            self.stdout.write("There is data already; the demo is not needed.")
            if is_demo_there():
                self._say_who_signs_in()
            return
        begun_at = now()
        self.stdout.write("Writing half a year of tickets; this takes a minute …")
        self.stdout.flush()
        with translation.override("en"):
            if options["scale"]:
                filled = fill_with_load(options["scale"], at=begun_at, force=options["force"])
            else:
                filled = fill(at=begun_at, force=options["force"])
        self._report(filled, seconds=(now() - begun_at).total_seconds())
        self._say_who_signs_in()

    def _report(self, filled: Filled, *, seconds: float) -> None:
        if filled.added:
            self.stdout.write(f"{filled.company} has {filled.total} tickets now ({seconds:.1f} s).")
        else:
            self.stdout.write(f"{filled.company} is there already, with {filled.total} tickets. Nothing was changed.")

    def _say_who_signs_in(self) -> None:
        sources = read_sources()
        people = [(one.email, one.name, one.does) for one in sources.colleagues]
        sister = sister_sources(sources)
        people += [(one.email, one.name, one.does) for one in sister.colleagues]
        customers = [*sources.portal_users, *sister.portal_users]
        people += [(one.email, one.name, f"customer with an account, {one.firm}") for one in customers]
        width = max(len(email) for email, *_rest in people)
        self.stdout.write(f"\nSign in at {settings.SITE_URL} with the password {PASSWORD}:\n")
        for email, name, does in people:
            self.stdout.write(f"  {email:<{width}}  {name}, {does}")
        if not settings.SMTP_URL:
            self.stdout.write(f"\nNobody is sent a mail: what would be sent lies in {settings.EMAIL_FILE_PATH}.\n")


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise ArgumentTypeError(f"{text} is no number of tickets; use 1 to {_MOST}")
    return int(text)
