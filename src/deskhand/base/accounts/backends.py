"""Sessions in the database, found by a prepared query: every page asks for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from deskhand.kit.clock import now
from deskhand.kit.prepared import prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        found = _valid_session(self.session_key, now()) if self.session_key else []
        if found:
            return found[0]
        self._session_key = None
        return None


@prepared
def _valid_session(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)
