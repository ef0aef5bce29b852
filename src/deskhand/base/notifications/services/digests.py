"""Once a day: what is unread, by mail, to those who want it so."""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from deskhand.base.accounts.public import User
from deskhand.base.mail.public import Notice, queue_notice
from deskhand.base.notifications.enums import Way
from deskhand.base.notifications.models import Notification
from deskhand.base.notifications.queries import lines_of, mail_box, url_of, with_what_they_say
from deskhand.kit.transactions import in_transaction

#: The hour of the day, in the user's zone, at which digests leave.
MORNING = 7
_MOST = 50


def send_digests(*, at: datetime) -> int:
    """Write the digests of those whose morning it is; asked once an hour. How many were written."""
    users = User.objects.internal().filter(notification_choice__way=Way.DIGEST)
    return sum(send_digest(user, at=at) for user in users if _local_hour(user, at) == MORNING)


@in_transaction
def send_digest(user: User, *, at: datetime) -> int:
    """Mail a user what they have not read and not been mailed before, of records that they still see. 0: nothing."""
    User.objects.select_for_update().get(pk=user.pk)  # two workers may have the same hour in hand
    waiting = Notification.objects.visible_to(user).unread().filter(mailed_at=None)
    found = list(with_what_they_say(waiting)[:_MOST])
    if not found:
        return 0
    Notification.objects.filter(pk__in=[one.pk for one in found]).update(mailed_at=at)
    with override(user.language):
        lines = [(line, settings.SITE_URL + url_of(line.notification)) for line in lines_of(found)]
        subject = ngettext("%(count)s unread notification", "%(count)s unread notifications", len(found))
        context = {"lines": lines, "url": settings.SITE_URL, "greeting": _("What you have not read yet:")}
        notice = Notice(
            sender=settings.DEFAULT_FROM_EMAIL,
            to=[mail_box(user)],
            subject=subject % {"count": len(found)},
            text=render_to_string("notifications/digest.txt", context),
            record=user,
        )
    queue_notice(notice, at=at)
    return 1


def _local_hour(user: User, at: datetime) -> int:
    return at.astimezone(zoneinfo.ZoneInfo(user.time_zone)).hour
