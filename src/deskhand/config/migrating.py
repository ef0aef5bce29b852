"""``deskhand migrate``: bring the database up to date."""

from __future__ import annotations

import argparse

from deskhand.config import exits
from deskhand.config.checkup import missing_migrations

EPILOG = "Safe to run again; run it before every start of a new version."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only show what would be done")


def run(options: argparse.Namespace) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    missing = missing_migrations()
    if options.plan:
        print("\n".join(missing) or "The database is up to date.")
        return exits.OK
    # Also without missing ones: a start that was cut short is made whole (content types, permissions).
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    print(f"The database is up to date; {len(missing)} migrations were applied.")
    return exits.OK
