"""Sessions in the database: found by a prepared query, because every page asks for one; listed for their user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet

from deskhand.base.accounts.models import UserSession
from deskhand.kit.clock import now
from deskhand.kit.prepared import prepared

#: A session that is used says so this often: one UPDATE in five minutes instead of one a page.
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Origin:
    """Where and when somebody signed in."""

    device: str = ""
    address: str | None = None
    started_at: datetime | None = None


class SessionStore(db.SessionStore):
    """As Django's, in rows that know their user, device and last use."""

    origin = Origin()
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        return UserSession

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        row: UserSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.seen_at = self.seen_at = now()
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device, row.address = self.origin.device, self.origin.address
        row.started_at = self.origin.started_at or row.seen_at
        return row

    def note_use(self, at: datetime) -> None:
        """The session is written at the end of the request if its last use is not known well enough."""
        if self.seen_at and at - self.seen_at >= SEEN_EVERY:
            self.modified = True

    def _get_session_from_db(self) -> Any:
        found = _valid_session(self.session_key, now()) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        row = found[0]
        self.origin, self.seen_at = Origin(row.device, row.address, row.started_at), row.seen_at
        return row


@prepared
def _valid_session(key: str, at: datetime) -> QuerySet[UserSession]:
    return UserSession.objects.filter(session_key=key, expire_date__gt=at)
