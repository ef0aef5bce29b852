"""The Contacts app, and its menu for others to fill."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.policies import can_configure_tags, can_merge_contacts
from deskhand.kit.panels import Place
from deskhand.kit.shell import APPS, App, MenuEntry

_CONFIGURATION = _("Configuration")
CONTACTS_MENU: Place[MenuEntry] = Place("contacts.menu")


def declare() -> None:
    """Put the app into the switcher."""
    APPS.add(
        App("contacts", _("Contacts"), icon="address-book", url_name="contacts:list", menu=CONTACTS_MENU), order=60
    )
    CONTACTS_MENU.add(MenuEntry(_("Contacts"), "contacts:list"), order=10)
    CONTACTS_MENU.add(MenuEntry(_("Duplicates"), "contacts:duplicates", shown_to=can_merge_contacts), order=20)
    CONTACTS_MENU.add(
        MenuEntry(_("Tags"), "contacts:tags", under=_CONFIGURATION, shown_to=can_configure_tags), order=30
    )
