"""How a command ends: a sentence for the person, a number (``sysexits.h``) for the machine that called it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

OK = os.EX_OK
#: Wrong words on the command line.
USAGE = os.EX_USAGE
#: What was given cannot be used; trying again with the same changes nothing.
DATA = os.EX_DATAERR
#: What was named to be read is not there.
NO_INPUT = os.EX_NOINPUT
#: What was named to be written cannot be: it is there already, or there is no room.
CANNOT_CREATE = os.EX_CANTCREAT
#: What the command needs for itself (a port) is taken.
UNAVAILABLE = os.EX_UNAVAILABLE
#: A mistake in Deskhand.
SOFTWARE = os.EX_SOFTWARE
#: Try again later: a mail server that calls us keeps the mail.
TEMPORARY = os.EX_TEMPFAIL
NOT_ALLOWED = os.EX_NOPERM
#: A setting is wrong, or a step of the installation is missing.
CONFIG = os.EX_CONFIG
INTERRUPTED = 130

#: Starting again mends none of these.
LASTING = frozenset({USAGE, UNAVAILABLE, NOT_ALLOWED, CONFIG})

_TABLE_IS_MISSING = ("no such table", "no such column", "does not exist")


class Stop(Exception):
    """A command cannot do its work; ``str()`` says what happened and what to do."""

    def __init__(self, sentence: str, code: int) -> None:
        self.code = code
        super().__init__(sentence)


def explained(error: Exception) -> Stop | None:
    """An expected failure as a sentence and an exit code; None: the error is a mistake in the code."""
    if isinstance(error, Stop):
        return error
    return next((translate(error) for kind, translate in _translations() if isinstance(error, kind)), None)


def _translations() -> Iterator[tuple[type[Exception], Callable[[Any], Stop]]]:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db.utils import Error as DatabaseError

    from deskhand.kit.errors import DomainError

    yield CommandError, lambda error: Stop(str(error), error.returncode)
    yield DomainError, lambda error: Stop(str(error), DATA)
    yield ImproperlyConfigured, lambda error: Stop(str(error), CONFIG)
    yield DatabaseError, _of_database
    yield PermissionError, lambda error: Stop(f"{error.filename} may not be used: {error.strerror}.", NOT_ALLOWED)
    if redis := sys.modules.get("redis"):  # an error of a library that was never imported cannot have happened
        yield redis.RedisError, _of_redis


def _of_database(error: Exception) -> Stop:
    reason = first_line(error)
    if any(words in reason for words in _TABLE_IS_MISSING) and "database" not in reason:
        return Stop(f"The database is not up to date ({reason}). Run `deskhand migrate`.", CONFIG)
    return Stop(f"The database does not answer: {reason}. Check DATABASE_URL and that it runs.", TEMPORARY)


def _of_redis(error: Exception) -> Stop:
    return Stop(f"Redis does not answer: {first_line(error)}. Check REDIS_URL and that it runs.", TEMPORARY)


def first_line(error: BaseException) -> str:
    """The part of an error that fits into a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".")
