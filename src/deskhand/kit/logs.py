"""What stands in the log: readable lines on a terminal, or a JSON object a line for programs (``LOG_FORMAT=json``).

No line holds what people wrote, their names, addresses, or tokens. An error is named by its kind and where in the code
it came up, without its message, which may quote what somebody sent; of the errors of machines (network, disk, database
away) the message stays. What looks like a mail address is left out wherever it comes from. ``DEBUG=1`` shows all.
"""

from __future__ import annotations

import json
import logging
import re
import smtplib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

_ADDRESS = re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;]+")
_LEFT_OUT = "(address)"
_context: ContextVar[dict[str, Any] | None] = ContextVar("log_context", default=None)
#: Loggers whose lines tell of a request by its address, in which tokens of links may stand.
_OF_REQUESTS = ("django.request", "django.security")


@contextmanager
def log_context(**values: Any) -> Iterator[None]:
    """What stands beside each line that is logged inside: the request's id, the task's name."""
    entered = _context.set((_context.get() or {}) | values)
    try:
        yield
    finally:
        _context.reset(entered)


def described(error: BaseException) -> str:
    """An error in words that hold nothing of what people wrote."""
    from django.db import InterfaceError, OperationalError

    name = type(error).__name__
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{name} {error.smtp_code}"
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return f"{name}: {error.strerror or error.errno or 'no reason given'}"
    if isinstance(error, InterfaceError | OperationalError) or type(error).__module__.startswith("redis."):
        return f"{name}: {next(iter(str(error).strip().splitlines()), '')}"
    return name


def path_to(error: BaseException) -> list[str]:
    """Where an error came up, and what it came of; the last place is the innermost."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        frames = traceback.extract_tb(link.__traceback__)
        lines.append(described(link))
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return lines


class Discreet(logging.Filter):
    """Takes out of a line what is nobody's business, before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(described(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
        if record.name.startswith(_OF_REQUESTS):
            request = getattr(record, "request", None)
            if request is not None:
                record.msg = "%s at %s"
                record.args = (getattr(record, "status_code", "Refused"), route_of(request))
            elif record.name.startswith("django.security"):
                record.msg, record.args = "Refused: %s", (record.name.rpartition(".")[2],)
        return True


def route_of(request: Any) -> str:
    """The pattern of an address, which has no ids, tokens or searches in it."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(unknown)"


class Lines(logging.Formatter):
    """For people: moment, level, logger, what happened, and what stands beside it."""

    def format(self, record: logging.LogRecord) -> str:
        said = _without_addresses(record.getMessage())
        beside = "".join(f" {name}={value}" for name, value in _beside(record).items())
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        line = f"{moment},{record.msecs:03.0f} {record.levelname:<7} {record.name}: {said}{_without_addresses(beside)}"
        return "\n".join([line, *_error_lines(record)])


class JsonLines(logging.Formatter):
    """For programs: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _without_addresses(record.getMessage()),
            **{name: _clean(value) for name, value in _beside(record).items()},
        }
        if lines := _error_lines(record):
            entry["error"] = lines
        return json.dumps(entry, ensure_ascii=False, default=str)


def configuration(*, level: str, as_json: bool, shows_requests: bool) -> dict[str, Any]:
    """For ``logging.config.dictConfig``: all that is logged by whatever library goes the same way."""
    requests = "INFO" if shows_requests else "ERROR"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": Discreet}},
        "formatters": {"chosen": {"()": JsonLines if as_json else Lines}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["discreet"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django hangs handlers of its own on these, which know nothing of the above.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            "mail.log": {"level": "WARNING"},
            "deskhand.requests": {"level": requests},
            "deskhand.tasks": {"level": requests},
            # They would write queries, and what is in them.
            "django.db.backends": {"level": "WARNING"},
            "httptools": {"level": "WARNING"},
        },
    }


def _beside(record: logging.LogRecord) -> dict[str, Any]:
    return (_context.get() or {}) | getattr(record, "beside", {})


def _error_lines(record: logging.LogRecord) -> list[str]:
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is None:
        return []
    if _shows_all():
        return "".join(traceback.format_exception(error)).splitlines()
    return [_without_addresses(line) for line in path_to(error)]


def _shows_all() -> bool:
    from django.conf import settings

    return bool(settings.configured and settings.DEBUG)


def _clean(value: Any) -> Any:
    return _without_addresses(value) if isinstance(value, str) else value


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(_LEFT_OUT, text) if "@" in text else text
