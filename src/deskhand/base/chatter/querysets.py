from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from deskhand.base.chatter.enums import MessageKind
from deskhand.kit import records

if TYPE_CHECKING:
    from deskhand.base.chatter.models import Follower, Message

_SHOWN = (
    "object_id", "kind", "via", "from_internal", "subject", "body_html", "quote_html", "changes", "reason",
    "created_at", "author__name",
)  # fmt: skip


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, record: models.Model) -> Self:
        return self.filter(content_type=records.content_type_id(record), object_id=record.pk)

    def public(self) -> Self:
        """What the customer may read."""
        return self.filter(kind=MessageKind.MESSAGE)

    def for_feed(self) -> Self:
        """With what a page shows of each, but its files. Of authors only the name."""
        return self.select_related("author").only(*_SHOWN)


class FollowerQuerySet(models.QuerySet["Follower"]):
    def of(self, record: models.Model) -> Self:
        return self.filter(content_type=records.content_type_id(record), object_id=record.pk)
