"""API keys in the API: listed, revoked; one's own, and for administrators of the settings those of all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.keys.models import ApiKey
from deskhand.base.keys.pages.screens import ALL_KEYS
from deskhand.base.keys.policies import can_have_keys
from deskhand.base.keys.services import revoke_key
from deskhand.kit.api.public import Answer, Ref, Resource, Verb, ref
from deskhand.kit.clock import now


class KeyAnswer(Answer):
    id: int
    name: str
    user: Ref
    prefix: str = Field(description="What it begins with; the key itself is shown once and never again.")
    scopes: list[str]
    is_valid: bool
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")
    revoked_at: datetime | None


class Keys(Resource[ApiKey]):
    """Keys are made on a page by a person: no key makes another one."""

    key, title, one, screen = "api-keys", _("API Keys"), _("API key"), ALL_KEYS
    answer = KeyAnswer
    joins = ("user",)

    def rows(self, user: Any) -> QuerySet[ApiKey]:
        return ApiKey.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return can_have_keys(user)

    def may_change(self, user: Any, record: ApiKey) -> bool:
        """Whoever sees a key may revoke it."""
        del record
        return can_have_keys(user)

    def shown(self, record: ApiKey, user: Any) -> Mapping[str, Any]:
        del user
        plain = {name: getattr(record, name) for name in KeyAnswer.model_fields if name not in {"user", "is_valid"}}
        return plain | {"user": ref(record.user), "is_valid": record.is_valid(now())}


KEYS_API = Keys()


def _revoke(record: ApiKey, user: Any) -> ApiKey:
    """Nobody comes in by this key any more."""
    return revoke_key(record.pk, by=user, at=now())


KEYS_API.verb(Verb("PUT", "revocation", "revoke", _("Revoke"), _revoke, scope="revocation"))
