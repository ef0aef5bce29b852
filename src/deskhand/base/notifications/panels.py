"""What notifications add to the house: the bell, and who wants no mails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.mail.public import MAIL_WISHES
from deskhand.base.notifications.queries import unread_count, wanting_no_mail
from deskhand.kit.shell import TOOLS, Tool

MAIL_WISHES.add(wanting_no_mail)
TOOLS.add(
    Tool(
        "notifications",
        _("Notifications"),
        "bell",
        "notifications:menu",
        count=lambda user: unread_count(user.viewer),
        counted=_("%s unread"),
    ),
    order=20,
)
