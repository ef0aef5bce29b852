"""Who calls, and what the call may do: the rights of a user, narrowed by the scopes of a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

READ, WRITE = "read", "write"


class ScopeMissing(DomainError):
    code = "scope_missing"
    status = 403

    def __init__(self, scope: str) -> None:
        super().__init__(
            _("This API key may not do this: it lacks the scope “%(scope)s”. Make a key that has it.")
            % {"scope": scope}
        )


class OnlyForColleagues(DomainError):
    code = "only_for_colleagues"
    message = _("The API is for people who work here. Customers use the pages of their tickets.")
    status = 403


@dataclass(frozen=True)
class Caller:
    """Who calls. ``name`` stands for them where calls are counted and remembered (``key.7``).

    ``scopes`` None: all that the user may do, for whoever is signed in on a page. ``key_id`` names the key.
    """

    user: Any
    name: str
    scopes: frozenset[str] | None = None
    key_id: int | None = None

    def may(self, scope: str) -> bool:
        """Whether a scope is among the caller's. ``tickets:write`` holds all verbs of tickets, but not reading."""
        if self.scopes is None or scope in self.scopes:
            return True
        app, _colon, verb = scope.partition(":")
        return verb != READ and f"{app}:{WRITE}" in self.scopes

    def require(self, scope: str) -> None:
        """:raises ScopeMissing: the key is too narrow."""
        if not self.may(scope):
            raise ScopeMissing(scope)


@dataclass
class ScopeGroup:
    """The scopes of one kind of record: ``<key>:read``, ``<key>:write`` and its verbs."""

    key: str
    title: str | StrPromise
    verbs: list[str] = field(default_factory=list)

    def scopes(self) -> list[str]:
        return [f"{self.key}:{verb}" for verb in dict.fromkeys(self.verbs)]


_groups: dict[str, ScopeGroup] = {}


def declare_scopes(key: str, title: str | StrPromise, verbs: Iterable[str]) -> None:
    """Make scopes known, so that keys can have them. Said again, it adds verbs."""
    _groups.setdefault(key, ScopeGroup(key, title)).verbs.extend(verbs)


def scope_groups() -> Iterator[ScopeGroup]:
    """All that were declared. Resources declare theirs where the routes are made, so these are made first."""
    for part in get_resolver().url_patterns:
        _ = getattr(part, "url_patterns", None)
    return iter(_groups.values())


def known_scopes() -> set[str]:
    return {scope for group in scope_groups() for scope in group.scopes()}
