"""What webhooks are to the rest of the house: an entry of the Settings app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import SETTINGS_MENU
from deskhand.base.webhooks.policies import can_have_webhooks
from deskhand.kit.shell import MenuEntry

SETTINGS_MENU.add(MenuEntry(_("Webhooks"), "webhooks:list", under=_("Technical"), shown_to=can_have_webhooks), order=81)
