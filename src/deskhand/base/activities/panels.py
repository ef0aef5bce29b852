"""What activities add to the house: the clock in the top bar, a tab and a list beside each conversation."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import PERSONAL_MENU
from deskhand.base.activities.policies import can_schedule
from deskhand.base.activities.queries import due_badge, due_count, open_of
from deskhand.base.chatter.public import CHAT_BUTTONS, CHAT_SECTIONS
from deskhand.base.companies.public import SETTINGS_MENU, can_configure
from deskhand.kit import records
from deskhand.kit.shell import TOOLS, MenuEntry, Tool
from deskhand.kit.ui.shapes import HeaderButton


def _schedule(record: Any, user: Any) -> HeaderButton | None:
    if not can_schedule(user, record):
        return None
    url = reverse("activities:new", args=[records.content_type_id(record), record.pk])
    return HeaderButton(_("Activity"), url, icon="clock-hour-4", opens_popup=True)


def _planned(record: Any, user: Any) -> SafeString | str:
    found = open_of(record)
    if not found:
        return ""
    today = timezone.localdate()
    drawn = [(one, due_badge(one.due_on, today, icon=one.kind.icon)) for one in found]
    context = {"activities": drawn, "may_change": can_schedule(user, record)}
    return render_to_string("activities/of_record.html", context)


CHAT_BUTTONS.add(_schedule, order=10)
CHAT_SECTIONS.add(_planned, order=10)
TOOLS.add(
    Tool(
        "activities",
        _("Activities"),
        "clock-hour-4",
        "activities:menu",
        count=lambda user: due_count(user.viewer),
        counted=_("%s due"),
    ),
    order=10,
)
SETTINGS_MENU.add(MenuEntry(_("Activity Types"), "activities:types", shown_to=can_configure), order=40)
PERSONAL_MENU.add(MenuEntry(_("My Activities"), "activities:list"), order=10)
