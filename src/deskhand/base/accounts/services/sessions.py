"""The browsers somebody is signed in with, and how to sign out of them from elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import ngettext

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import User, UserSession
from deskhand.base.accounts.services.auditing import note
from deskhand.kit.transactions import in_transaction


def open_sessions(user: User, *, at: datetime) -> QuerySet[UserSession]:
    """Browsers that are signed in, the last used first."""
    return UserSession.objects.filter(user=user, expire_date__gt=at).order_by("-seen_at", "pk")


@in_transaction
def end_session(user: User, handle: str, *, at: datetime) -> bool:
    """Sign a browser of the user out, by the session's handle. Whether there was one."""
    found = next((one for one in open_sessions(user, at=at) if one.handle == handle), None)
    if found is None:
        return False
    found.delete()
    _note_ended(user, 1, by=user)
    return True


@in_transaction
def end_sessions(user: User, *, but: str | None = None, by: User, at: datetime) -> int:
    """Sign out every browser of the user except the one with the session key ``but``. How many."""
    count = open_sessions(user, at=at).exclude(session_key=but or "").delete()[0]
    if count:
        _note_ended(user, count, by=by)
    return count


def forget_expired_sessions(*, at: datetime) -> int:
    """Delete what lets nobody in any more. How many."""
    return UserSession.objects.filter(expire_date__lte=at).delete()[0]


def _note_ended(user: User, count: int, *, by: User) -> None:
    detail = ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count}
    note(AuditKind.SESSIONS_ENDED, user, by=by, detail=detail)
