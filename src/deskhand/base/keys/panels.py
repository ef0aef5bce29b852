"""What API keys are to the rest of the house: an entry of the Settings app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import SETTINGS_MENU, can_configure
from deskhand.kit.shell import MenuEntry

SETTINGS_MENU.add(MenuEntry(_("API Keys"), "keys:all", under=_("Technical"), shown_to=can_configure), order=80)
