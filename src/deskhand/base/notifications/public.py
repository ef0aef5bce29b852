"""What other apps may use of the notifications."""

from deskhand.base.notifications.enums import Way, Why
from deskhand.base.notifications.services.reading import mark_read
from deskhand.base.notifications.services.telling import choose_way

__all__ = ["Way", "Why", "choose_way", "mark_read"]
