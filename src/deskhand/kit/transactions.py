"""One transaction a verb: the service that is called first opens it, those that it calls stand or fall with it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from deskhand.kit.prepared import forget_remembered

P = ParamSpec("P")
Answer = TypeVar("Answer")

_in_a_service: ContextVar[bool] = ContextVar("in_a_service", default=False)


def in_transaction(service: Callable[P, Answer]) -> Callable[P, Answer]:
    """Run a service in one transaction, all of it or nothing.

    A service that another service calls runs in the transaction of that one, without a savepoint: a mail that becomes a
    ticket calls eight, and a savepoint costs two statements. So a service refuses before it changes anything, and a
    refusal that is caught has changed nothing.

    Where two at the same moment write what may be there once, the later one is run once more from the beginning: it
    sees then what the other wrote, and refuses in its own words.
    """

    @wraps(service)
    def whole(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if _in_a_service.get():
            return service(*args, **kwargs)
        try:
            return alone(*args, **kwargs)
        except IntegrityError:
            forget_remembered()
            return alone(*args, **kwargs)

    def alone(*args: P.args, **kwargs: P.kwargs) -> Answer:
        with transaction.atomic():
            # Ended before the commit, so that what is called after it opens transactions of its own.
            entered = _in_a_service.set(True)
            try:
                return service(*args, **kwargs)
            finally:
                _in_a_service.reset(entered)

    return whole
