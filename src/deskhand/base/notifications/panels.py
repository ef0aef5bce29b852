"""What notifications add to the house: the bell, and who wants no mails."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import PERSONAL_MENU, PREFERENCE_SECTIONS, PreferenceSection
from deskhand.base.chatter.public import person
from deskhand.base.mail.public import MAIL_WISHES
from deskhand.base.notifications.pages.forms import CustomerWayForm
from deskhand.base.notifications.queries import unread_count, wanting_no_mail, way_of
from deskhand.kit.shell import TOOLS, MenuEntry, Tool, customer


def _mails(request: HttpRequest) -> dict[str, Any]:
    """What a customer chose. One query."""
    return {"form": CustomerWayForm(initial={"way": way_of(person(request))})}


PREFERENCE_SECTIONS.add(
    PreferenceSection("mails", _("Mails"), "notifications/preference.html", _mails, shown_to=customer), order=10
)
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
PERSONAL_MENU.add(MenuEntry(_("Notifications"), "notifications:list"), order=20)
