"""The ``deskhand`` command: every way to start Deskhand or to do something with it from a terminal.

What belongs to the composition (serve, worker, …) are modules here with ``add_arguments(parser)`` and ``run(options)``,
imported only when asked for; what belongs to an app is that app's Django management command.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from deskhand import __version__
from deskhand.config import exits
from deskhand.config.exits import Stop
from deskhand.config.processes import join_supervisor

OWN = {
    "run": ("everything in one: serve, worker and mail-listen, watched over", "supervisor"),
    "serve": ("the pages and their live updates", "server"),
    "worker": ("the background work: mails out and in, deadlines", "worker"),
    "check": ("whether this installation is complete, line by line", "checkup"),
    "migrate": ("bring the database up to date", "migrating"),
    "backup": ("save database and files in one archive, while everything runs", "backup"),
    "restore": ("bring back what a backup saved, into this installation", "restore"),
}
#: Commands of the apps: the same name with underscores in some app's ``management/commands``.
OF_APPS = {
    "mail-listen": "receive mail by SMTP",
    "mail-receive": "receive one mail from standard input",
    "mail-parse": "show what the parser understands of a mail",
    "demo": "fill the database with a company to try things on",
    "create-admin": "make the first administrator, or one more",
}
MANAGE = "manage"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskhand.config.settings")
    join_supervisor()
    name, *rest = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    try:
        return _guarded(name, rest)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has gone
        return exits.OK


def _guarded(name: str, rest: list[str]) -> int:
    try:
        return _dispatch(name, rest)
    except BrokenPipeError:
        raise
    except Exception as error:
        reason = exits.explained(error)
        if reason is None:
            raise
        print(f"deskhand {name}: {reason}", file=sys.stderr)
        return reason.code


def _dispatch(name: str, rest: list[str]) -> int:
    if name in {"--help", "-h", "help"}:
        print(_overview())
        return exits.OK
    if name == "--version":
        print(f"Deskhand {__version__}")
        return exits.OK
    if name in OWN:
        return _run_own(name, rest)
    if name in OF_APPS:
        return _run_of_app(name, rest)
    if name == MANAGE:
        return _run_manage(rest)
    raise Stop(f"There is no such command. `deskhand --help` lists them: {', '.join([*OWN, *OF_APPS])}.", exits.USAGE)


def _overview() -> str:
    lines = [(name, summary) for name, (summary, _) in OWN.items()] + list(OF_APPS.items())
    table = "\n".join(f"  {name:<14}{summary}" for name, summary in lines)
    return (
        f"usage: deskhand COMMAND [--help] …\n\nDeskhand {__version__}, a help desk.\n\n{table}\n"
        f"  {MANAGE:<14}any management command of Django\n\n"
        "Settings come from the environment; docs/operation.md lists them."
    )


def _run_own(name: str, rest: list[str]) -> int:
    summary, module_name = OWN[name]
    module = import_module(f"deskhand.config.{module_name}")
    parser = _Parser(prog=f"deskhand {name}", description=f"{summary[0].upper()}{summary[1:]}.", epilog=module.EPILOG)
    module.add_arguments(parser)
    run: Callable[[argparse.Namespace], int] = module.run
    return run(parser.parse_args(rest))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and how to see more."""

    def error(self, message: str) -> NoReturn:
        self.exit(exits.USAGE, f"{self.prog}: {message}. `{self.prog} --help` shows how it is used.\n")


def _run_of_app(name: str, rest: list[str]) -> int:
    import django
    from django.core.management import get_commands, load_command_class
    from django.core.management.base import BaseCommand, handle_default_options
    from django.db import connections

    django.setup()
    django_name = name.replace("-", "_")
    app = get_commands()[django_name]
    command = app if isinstance(app, BaseCommand) else load_command_class(app, django_name)
    parser = command.create_parser("deskhand", name)
    # Whether the settings fit together is what `deskhand check` looks at; a mail that comes in need not wait for it.
    parser.set_defaults(skip_checks=True)
    options = vars(_parsed(parser, rest))
    handle_default_options(argparse.Namespace(**options))
    try:
        command.execute(*options.pop("args", ()), **options)
    finally:
        connections.close_all()
    return exits.OK


def _parsed(parser: argparse.ArgumentParser, rest: list[str]) -> argparse.Namespace:
    from django.core.management.base import CommandError

    try:
        return parser.parse_args(rest)
    except CommandError as error:
        sentence = str(error).removeprefix("Error: ").rstrip(".")
        raise Stop(f"{sentence}. `{parser.prog} --help` shows how it is used.", exits.USAGE) from error


def _run_manage(rest: list[str]) -> int:
    from django.core.management import ManagementUtility

    ManagementUtility([f"deskhand {MANAGE}", *rest]).execute()
    return exits.OK


if __name__ == "__main__":
    sys.exit(main())
