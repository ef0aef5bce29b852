"""The same call twice does the work once: ``Idempotency-Key``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from deskhand.kit.api.models import KeptAnswer
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
#: After this long a call that has no answer is taken for the call of a process that died.
ABANDONED_AFTER = timedelta(minutes=2)
#: How long a second call waits for the answer of the first, and how often it looks, in seconds.
_PATIENCE, _PAUSE = 3.0, 0.05
LONGEST_KEY = 255
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")


class KeyReused(DomainError):
    code = "idempotency_key_reused"
    message = _("This Idempotency-Key was used for another call. Use a new key for each thing that you want done.")
    status = 422


class StillAnswering(DomainError):
    code = "idempotency_still_answering"
    message = _("The first call with this Idempotency-Key is still being answered. Try again in a moment.")
    status = 409
    headers = {"Retry-After": "1"}


class KeyTooLong(DomainError):
    code = "idempotency_key_invalid"
    message = _("An Idempotency-Key has 1 to 255 characters.")
    status = 422


def answer_once(request: HttpRequest, caller: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a call; one with the key of an answered call gets that answer, and nothing is done.

    The answer is kept in the transaction of the work. Only success is kept: a refused call has changed nothing, and
    may be sent again. Without a key: no query. With one: three statements besides the work.

    :raises KeyReused: the key belongs to another call.
    :raises StillAnswering: the first call takes longer than a few seconds.
    :raises KeyTooLong: nobody sends such a key.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return in_transaction(answer)()
    if not 1 <= len(key) <= LONGEST_KEY or "\0" in key:
        raise KeyTooLong
    digest = hash_of(request)
    kept = _begun(caller, key, digest, at=now())
    if kept is None:
        return _answer_of_first(caller, key, digest)
    try:
        return in_transaction(lambda: _kept(kept, answer()))()
    except BaseException:
        KeptAnswer.objects.filter(pk=kept.pk, status=0).delete()
        raise


def forget_old_answers(*, at: datetime) -> int:
    """Forget answers whose day is over. One statement."""
    return KeptAnswer.objects.filter(started_at__lt=at - KEPT_FOR).delete()[0]


def hash_of(request: HttpRequest) -> str:
    """Of what was asked: method, address, precondition, body."""
    wanted = request.headers.get("If-Match", "")
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n{wanted}\n".encode())
    digest.update(_sent(request))
    return digest.hexdigest()


def _sent(request: HttpRequest) -> bytes:
    if not request.FILES:
        return request.body
    # The body of an upload was read as it came, and is gone: what it held says the same.
    parts = [f"{name}={text}\n".encode() for name, texts in sorted(request.POST.lists()) for text in texts]
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = hashlib.sha256(b"".join(file.chunks())).hexdigest()
            file.seek(0)
            parts.append(f"{name}={file.name}:{content}\n".encode())
    return b"".join(parts)


def _begun(caller: str, key: str, digest: str, *, at: datetime) -> KeptAnswer | None:
    """The row of a call that nobody has begun; None: somebody has."""
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(caller=caller, key=key, request_hash=digest, started_at=at)
    except IntegrityError:
        pass
    old = KeptAnswer.objects.filter(caller=caller, key=key)
    gone = old.filter(started_at__lt=at - KEPT_FOR) | old.filter(status=0, started_at__lt=at - ABANDONED_AFTER)
    if not gone.update(request_hash=digest, started_at=at, status=0):
        return None
    return old.get()


def _kept(kept: KeptAnswer, response: HttpResponse) -> HttpResponse:
    kept.status, kept.body = response.status_code, response.content
    kept.headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    kept.save(update_fields=["status", "body", "headers"])
    return response


def _answer_of_first(caller: str, key: str, digest: str) -> HttpResponse:
    until = monotonic() + _PATIENCE
    while monotonic() < until:
        first = KeptAnswer.objects.filter(caller=caller, key=key).first()
        if first is None:  # it was refused meanwhile
            break
        if first.request_hash != digest:
            raise KeyReused
        if first.status:
            headers = {**first.headers, "Idempotent-Replayed": "true"}
            return HttpResponse(bytes(first.body), status=first.status, headers=headers)
        sleep(_PAUSE)
    raise StillAnswering
