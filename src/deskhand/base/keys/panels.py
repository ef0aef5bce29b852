"""What API keys are to the rest of the house: an entry of the Settings app, a section of one's preferences."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import PREFERENCE_SECTIONS, PreferenceSection
from deskhand.base.companies.public import SETTINGS_MENU, can_configure
from deskhand.base.keys.models import ApiKey
from deskhand.base.keys.policies import can_have_keys
from deskhand.kit.clock import now
from deskhand.kit.shell import MenuEntry


def _own_keys(request: HttpRequest) -> dict[str, Any]:
    """How many valid keys somebody has. One query."""
    return {"count": ApiKey.objects.valid(now()).filter(user=request.user.pk).count()}


SETTINGS_MENU.add(MenuEntry(_("API Keys"), "keys:all", under=_("Technical"), shown_to=can_configure), order=80)
PREFERENCE_SECTIONS.add(
    PreferenceSection("api-keys", _("API keys"), "keys/preference.html", _own_keys, shown_to=can_have_keys), order=95
)
