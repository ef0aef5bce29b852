"""What accounts leave open for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from deskhand.base.accounts.enums import Role
from deskhand.kit.panels import Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _everybody(user: Any) -> bool:
    return bool(user.is_authenticated)


def _nothing(request: HttpRequest) -> dict[str, Any]:
    del request
    return {}


@dataclass(frozen=True)
class PreferenceSection:
    """A section of everybody's own preferences page, below the profile. ``key`` is its anchor.

    ``template`` draws what stands below the heading, with ``person`` and what ``context`` answers; forms in it lead to
    doors of their own.
    """

    key: str
    title: str | StrPromise
    template: str
    context: Callable[[HttpRequest], dict[str, Any]] = _nothing
    shown_to: Callable[[Any], bool] = _everybody


@dataclass(frozen=True)
class Ability:
    """Something that a role allows, as a short sentence: ``Reads tickets of the teams that are open to them``.

    ``app`` is the key of an app that has roles; ``role`` the least one that may.
    """

    app: str
    sentence: str | StrPromise
    role: Role = Role.USER


PREFERENCE_SECTIONS: Place[PreferenceSection] = Place("accounts.preferences")
ABILITIES: Place[Ability] = Place("accounts.abilities")
