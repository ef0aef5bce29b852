"""Who follows a record, and what each of them receives of it (TEAM-6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import connection
from django.db.models import Model

from deskhand.base.chatter.events import FollowersRemoved
from deskhand.base.chatter.models import Follower
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction

#: Written by hand, because it runs with every message and ticket.
_FOLLOW = """
    INSERT INTO chatter_follower (content_type_id, object_id, contact_id, created_at)
    VALUES {values} ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Receives:
    """What a follower is told of. Notes and changes reach only those who work here, whatever is chosen."""

    gets_messages: bool
    gets_notes: bool
    gets_stages: bool
    gets_changes: bool


def followers_of(record: Model) -> list[int]:
    """Contact ids of the followers, the oldest first. One query."""
    return list(Follower.objects.of(record).values_list("contact_id", flat=True))


def followers_getting_messages(record: Model) -> list[int]:
    """Contact ids of the followers whom messages go to, the oldest first. One query."""
    return list(Follower.objects.of(record).filter(gets_messages=True).values_list("contact_id", flat=True))


@in_transaction
def add_followers(record: Model, contact_ids: Iterable[int]) -> None:
    """Let contacts follow a record; who does already stays, with what they receive. One statement."""
    content_type_id, at = records.content_type_id(record), connection.ops.adapt_datetimefield_value(now())
    rows = [(content_type_id, record.pk, pk, at) for pk in contact_ids]
    if not rows:
        return
    with connection.cursor() as cursor:
        values = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
        cursor.execute(_FOLLOW.format(values=values), [value for row in rows for value in row])


@in_transaction
def remove_follower(record: Model, contact_id: int) -> None:
    """Let somebody follow no more. What they saw only because they followed leaves their screen."""
    Follower.objects.of(record).filter(contact_id=contact_id).delete()
    publish(FollowersRemoved(record))


@in_transaction
def choose_what_follower_gets(record: Model, contact_id: int, chosen: Receives) -> None:
    """Change what a follower receives; nobody begins to follow by it. One statement."""
    Follower.objects.of(record).filter(contact_id=contact_id).update(**asdict(chosen))
