"""Keys are made, recognised and revoked."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import AuditKind, User, note_in_audit
from deskhand.base.keys.models import ApiKey
from deskhand.kit.api.callers import known_scopes
from deskhand.kit.errors import DomainError
from deskhand.kit.prepared import prepared
from deskhand.kit.transactions import in_transaction

#: So that scanners of published code recognise a key that was published by mistake.
_MARK = "dhk"
_PREFIX_BYTES, _SECRET_BYTES = 5, 32
_LONGEST = 120
#: *Last used* is no more exact than this: a key that is used all day shall not cost a write at each call.
_USED_EVERY = timedelta(minutes=1)


class NoScopes(DomainError):
    code = "no_scopes"
    message = _("Tick at least one thing that the key may do.")
    status = 422
    field = "scopes"


class UnknownScope(DomainError):
    code = "unknown_scope"
    message = _("There is no such scope.")
    status = 422
    field = "scopes"


class AlreadyOver(DomainError):
    code = "already_over"
    message = _("This moment is over. Choose a later one, or none.")
    status = 422
    field = "expires_at"


@dataclass(frozen=True)
class MadeKey:
    """A new key, and the secret that nobody will ever see again."""

    key: ApiKey
    secret: str


@in_transaction
def make_key(user: User, *, name: str, scopes: Collection[str], expires_at: datetime | None, at: datetime) -> MadeKey:
    """Make a key for a user. What comes back holds the only copy of it.

    :raises NoScopes: a key that may do nothing.
    :raises UnknownScope: nobody declared it.
    :raises AlreadyOver: it would be expired from the beginning.
    """
    if not scopes:
        raise NoScopes
    if not set(scopes) <= known_scopes():
        raise UnknownScope
    if expires_at is not None and expires_at <= at:
        raise AlreadyOver
    prefix = f"{_MARK}_{secrets.token_hex(_PREFIX_BYTES)}"
    secret = f"{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    key = ApiKey.objects.create(
        user=user,
        name=name,
        prefix=prefix,
        secret_hash=_hash(secret),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    note_in_audit(AuditKind.KEY_MADE, user, detail=_named(key))
    return MadeKey(key, secret)


@in_transaction
def revoke_key(key_id: int, *, by: User, at: datetime) -> ApiKey:
    """Nobody comes in by this key any more, from now on."""
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("user").get(pk=key_id)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        note_in_audit(AuditKind.KEY_REVOKED, key.user, by=by, detail=_named(key))
    return key


def _named(key: ApiKey) -> str:
    return f"{key.name} ({key.prefix})"


def key_of_secret(secret: str, *, at: datetime) -> ApiKey | None:
    """The valid key that somebody shows, with its use noted. One query, and a write now and then."""
    prefix = "_".join(secret.split("_")[:2])
    if len(secret) > _LONGEST or not prefix.isascii() or "\0" in secret:
        return None
    key = next(iter(_valid_keys(prefix, at)), None)
    if key is None or not hmac.compare_digest(key.secret_hash, _hash(secret)):
        return None
    if key.last_used_at is None or at - key.last_used_at > _USED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=at - _USED_EVERY)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=at)
    return key


@prepared
def _valid_keys(prefix: str, at: datetime) -> QuerySet[ApiKey]:
    return ApiKey.objects.valid(at).filter(prefix=prefix)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
