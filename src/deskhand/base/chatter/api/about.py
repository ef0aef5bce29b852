"""References to records of any kind that converses: ``{"kind": "tickets", "id": 42}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from deskhand.base.chatter.places import CONVERSATIONS
from deskhand.kit import records
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Body, Key, key_of


class AboutAnswer(BaseModel):
    """A record: its kind as it stands in addresses (`tickets`), and its id."""

    kind: str
    id: int


class About(Body):
    """A record: its kind as it stands in addresses (`tickets`), and its id."""

    kind: Annotated[str, Field(pattern=r"^[a-z-]+$", max_length=40)]
    id: Key


def about_of(content_type: int, object_id: int) -> Mapping[str, Any]:
    """No query: kinds of records are few and known."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    return {"kind": key_of(model) if model else "", "id": object_id}


def record_about(user: Any, about: About, *, field: str = "about") -> Model:
    """The record that a body names, if the user sees it. One query.

    :raises InvalidValues: no such kind, no such record.
    """
    kinds = {key_of(kind.model): kind.model for kind in CONVERSATIONS if key_of(kind.model)}
    if about.kind not in kinds:
        raise invalid(f"{field}.kind", _("Use one of: %(known)s.") % {"known": ", ".join(sorted(kinds))})
    found = records.find_visible(user, records.content_type_id(kinds[about.kind]), about.id)
    if found is None:
        raise invalid(f"{field}.id", _("There is no such record, or you may not see it."), code="no_such_record")
    return found
