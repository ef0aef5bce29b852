from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Q

from deskhand.kit import records
from deskhand.kit.work.models import WorkQuerySet

if TYPE_CHECKING:
    from deskhand.base.mail.models import IncomingMail, IncomingServer, OutgoingMail, OutgoingServer


Mail = TypeVar("Mail", bound="IncomingMail | OutgoingMail")


class MailQuerySet(WorkQuerySet[Mail]):
    """What mails in and out have in common: they may belong to a record."""

    def of(self, record: models.Model) -> Self:
        return self.filter(content_type=records.content_type_id(record), object_id=record.pk)


class IncomingMailQuerySet(MailQuerySet["IncomingMail"]):
    #: Of two who read a mail at the same time one is told so, and what they did does not stand.
    claim_lasts = timedelta(minutes=3)

    def without_raw(self) -> Self:
        """For lists: the message itself can be many megabytes."""
        return self.defer("raw")


class OutgoingMailQuerySet(MailQuerySet["OutgoingMail"]):
    def without_text(self) -> Self:
        """For lists."""
        return self.defer("html", "text")


Server = TypeVar("Server", bound="IncomingServer | OutgoingServer")


class ServerQuerySet(models.QuerySet[Server]):
    """Vocabulary for the mail servers that administrators keep here."""

    def visible_to(self, user: Any) -> Self:
        """All of them, to administrators of the settings; nobody else knows of any."""
        may = user.is_authenticated and user.is_settings_administrator
        return self.all() if may else self.none()

    def in_use(self) -> Self:
        """Those that are not archived, while *Custom Email Servers* is on."""
        setup = apps.get_model("mail", "MailSetup").objects.filter(uses_custom_servers=True)
        return self.filter(Exists(setup), is_active=True)


class OutgoingServerQuerySet(ServerQuerySet["OutgoingServer"]):
    pass


class IncomingServerQuerySet(ServerQuerySet["IncomingServer"]):
    #: What two fetch at the same time is stored once, and marked twice.
    claim_lasts = timedelta(minutes=3)

    def due(self, at: datetime) -> Self:
        """Those that a worker should read now."""
        unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=at - self.claim_lasts)
        return self.in_use().filter(unclaimed, due_at__lte=at)

    def claim(self, pk: int, *, at: datetime) -> bool:
        """Take one up. True for one of many who try at the same time: one conditional UPDATE."""
        return self.due(at).filter(pk=pk).update(claimed_at=at) == 1

    def hurry(self, pk: int, *, at: datetime) -> None:
        """Have it read at once, also if it waits because the last attempts failed."""
        self.filter(pk=pk).update(due_at=at)
