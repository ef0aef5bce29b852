"""The Settings app, and its menu for others to fill."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.policies import can_configure
from deskhand.kit.panels import Place
from deskhand.kit.shell import APPS, App, MenuEntry

SETTINGS = "settings"
#: Entries of the Settings app; each says itself whom it is ``shown_to`` (as a rule ``can_configure``).
SETTINGS_MENU: Place[MenuEntry] = Place("settings.menu")


def declare() -> None:
    """Put the app into the switcher."""
    APPS.add(
        App(
            key=SETTINGS,
            title=_("Settings"),
            icon="settings",
            url_name="companies:settings",
            menu=SETTINGS_MENU,
            shown_to=can_configure,
            has_roles=True,
            administrator_may=_("Changes companies, users and their roles, mail servers and templates."),
        ),
        order=90,
    )
    SETTINGS_MENU.add(MenuEntry(_("General Settings"), "companies:settings", shown_to=can_configure), order=10)
    SETTINGS_MENU.add(MenuEntry(_("Companies"), "companies:companies", shown_to=can_configure), order=20)
