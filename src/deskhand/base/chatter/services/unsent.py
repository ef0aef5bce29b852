"""What somebody began to write is kept until it is sent or thrown away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from deskhand.base.accounts.public import User
from deskhand.base.chatter.enums import MessageKind
from deskhand.base.chatter.models import Unsent
from deskhand.base.chatter.queries import unsent_of
from deskhand.base.chatter.querysets import UnsentQuerySet
from deskhand.base.files.public import Attachment, StoredFile, attach
from deskhand.kit import records
from deskhand.kit.transactions import in_transaction


@dataclass(frozen=True)
class Typed:
    """What stands in a composer."""

    body: str
    cc: str = ""
    mentions: Sequence[int] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.body.strip() or self.cc.strip())


@in_transaction
def keep_unsent(record: Model, kind: MessageKind, typed: Typed, *, user: User, at: datetime) -> None:
    """Remember what a user has typed so far; nothing typed and no file: nothing is kept."""
    if typed.is_empty and not _kept(record, kind, user).filter(files__isnull=False).exists():
        _kept(record, kind, user).delete()
        return
    _row(record, kind, user, at, {"body": typed.body, "cc": typed.cc[:1000], "mentions": [*typed.mentions]})


@in_transaction
def keep_files(
    record: Model, kind: MessageKind, files: Iterable[StoredFile], *, user: User, at: datetime
) -> list[Attachment]:
    """Keep files beside what a user has typed; nobody else sees them until they are sent."""
    kept = attach(files, record=None, owner=user.contact)
    _row(record, kind, user, at, {}).files.add(*kept)
    return kept


@in_transaction
def drop_file(record: Model, file_id: UUID, *, user: User) -> None:
    """Take a kept file off again."""
    Attachment.objects.filter(pk=file_id, unsent__in=Unsent.objects.of(record, user)).delete()


def files_to_send(record: Model, kind: MessageKind, file_ids: Collection[UUID], *, user: User) -> list[StoredFile]:
    """Those of the kept files that stand in the composer, to become the files of the message. One query."""
    return [
        StoredFile(file.name, file.mime_type, file.size, file.sha256)
        for file in Attachment.objects.filter(unsent__in=_kept(record, kind, user), pk__in=file_ids)
    ]


@in_transaction
def forget_unsent(record: Model, kind: MessageKind, *, user: User) -> None:
    """It was sent, or thrown away. One query where nothing was kept."""
    for kept in unsent_of(record, user):
        if kept.kind == kind:
            _let_go([kept])


def _let_go(rows: Sequence[Unsent]) -> None:
    Attachment.objects.filter(unsent__in=rows).delete()
    Unsent.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _row(record: Model, kind: MessageKind, user: User, at: datetime, values: dict[str, Any]) -> Unsent:
    place = {"user": user, "content_type_id": records.content_type_id(record), "object_id": record.pk, "kind": kind}
    row, _made = Unsent.objects.update_or_create(**place, defaults=values | {"updated_at": at})
    return row


def _kept(record: Model, kind: MessageKind, user: User) -> UnsentQuerySet:
    return Unsent.objects.of(record, user).filter(kind=kind)
