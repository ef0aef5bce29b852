from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from deskhand.base.chatter.enums import MessageKind, Sharing
from deskhand.kit import records

if TYPE_CHECKING:
    from deskhand.base.accounts.public import User
    from deskhand.base.chatter.models import CannedResponse, Follower, Message, Unsent

_SHOWN = (
    "object_id", "kind", "via", "from_internal", "subject", "body_html", "quote_html", "changes", "reason",
    "created_at", "edited_at", "deleted_at", "author__name",
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

    def for_menu(self) -> Self:
        """With what the followers' menu shows of each; of contacts name and address."""
        return self.select_related("contact").only(
            "content_type_id", "gets_messages", "gets_notes", "gets_stages", "gets_changes",
            "contact__name", "contact__email",
        )  # fmt: skip


class UnsentQuerySet(models.QuerySet["Unsent"]):
    def of(self, record: models.Model, user: User) -> Self:
        """What the user began to write about a record."""
        return self.filter(content_type=records.content_type_id(record), object_id=record.pk, user=user)


class CannedResponseQuerySet(models.QuerySet["CannedResponse"]):
    def usable_by(self, user: Any, audiences: Iterable[tuple[int, Any]]) -> Self:
        """The user's own, everybody's, and those of the groups among ``audiences``: content type, and ids or a query
        for them."""
        usable = Q(sharing=Sharing.ALL) | Q(sharing=Sharing.OWN, owner=user.pk)
        for content_type, pks in audiences:
            usable |= Q(sharing=Sharing.GROUP, audience_type=content_type, audience_id__in=pks)
        return self.filter(usable)
