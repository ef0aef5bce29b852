"""What webhooks leave open for others: the facts that can be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

from deskhand.kit.panels import Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from deskhand.kit.api.public import Resource


def _nothing(fact: Any) -> Mapping[str, Any]:
    del fact
    return {}


def _always(fact: Any) -> bool:
    del fact
    return True


@dataclass(frozen=True)
class ToldFact:
    """A fact that webhooks can be told of.

    ``record`` is what it is about, told as a resource shows it in the API; its list filters it. ``resource_name`` says
    where that is; it is loaded when somebody asks: a worker of a desk without webhooks needs nothing of the API.
    ``also`` is what else is told, in values that JSON has. ``applies`` False: this time there is nothing to tell.
    """

    key: str
    title: str | StrPromise
    fact: type
    resource_name: str
    record: Callable[[Any], Any]
    also: Callable[[Any], Mapping[str, Any]] = _nothing
    applies: Callable[[Any], bool] = _always

    @property
    def resource(self) -> Resource[Any]:
        found: Resource[Any] = import_string(self.resource_name)
        return found


#: Filled by ``tell_webhooks_of`` (``public.py``), which also listens.
TOLD_FACTS: Place[ToldFact] = Place("webhooks.facts")
