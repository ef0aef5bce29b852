from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from deskhand.kit import records
from deskhand.kit.work.models import WorkQuerySet

if TYPE_CHECKING:
    from deskhand.base.mail.models import IncomingMail, OutgoingMail


Mail = TypeVar("Mail", bound="IncomingMail | OutgoingMail")


class MailQuerySet(WorkQuerySet[Mail]):
    """What mails in and out have in common: they may belong to a record."""

    def of(self, record: models.Model) -> Self:
        return self.filter(content_type=records.content_type_id(record), object_id=record.pk)


class IncomingMailQuerySet(MailQuerySet["IncomingMail"]):
    def without_raw(self) -> Self:
        """For lists: the message itself can be many megabytes."""
        return self.defer("raw")


class OutgoingMailQuerySet(MailQuerySet["OutgoingMail"]):
    def without_text(self) -> Self:
        """For lists."""
        return self.defer("html", "text")
