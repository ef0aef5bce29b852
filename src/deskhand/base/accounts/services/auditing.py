"""What administrators may want to look up later: who signed in, who changed whose rights."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import AuditEntry, User
from deskhand.kit.clock import now


def note(
    kind: AuditKind, user: User, *, by: User | None = None, address: str | None = None, detail: str = ""
) -> AuditEntry:
    """Write down what happened to ``user``; ``by`` None: the user did it, or nobody who is known. One INSERT."""
    return AuditEntry.objects.create(at=now(), kind=kind, user=user, by=by, address=address, detail=detail[:500])


def forget_old_entries(*, at: datetime, days: int) -> int:
    """Delete what was written down more than ``days`` ago. How many entries."""
    return AuditEntry.objects.filter(at__lt=at - timedelta(days=days)).delete()[0]
