"""What is a person's own, whatever apps they use: the frame of those pages, and its menu for others to fill."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.kit.panels import Place
from deskhand.kit.shell import APPS, App, MenuEntry

PERSONAL = "personal"
PERSONAL_MENU: Place[MenuEntry] = Place("personal.menu")


def declare() -> None:
    """Put it behind all apps: a page that also stands in the menu of an app belongs there."""
    APPS.add(
        App(PERSONAL, _("Personal"), "user", "accounts:preferences", PERSONAL_MENU, in_switcher=False),
        order=100,
    )
    PERSONAL_MENU.add(MenuEntry(_("My Preferences"), "accounts:preferences"), order=30)
