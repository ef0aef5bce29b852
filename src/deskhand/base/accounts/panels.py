"""What accounts are to the rest of the house: entries of the Settings app, sections of settings and preferences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.pages.forms import SignInSection
from deskhand.base.accounts.pages.security import devices, security
from deskhand.base.accounts.places import ABILITIES, PREFERENCE_SECTIONS, Ability, PreferenceSection
from deskhand.base.companies.public import SETTINGS_MENU, SETTINGS_SECTIONS, SettingsSection, can_configure
from deskhand.kit.shell import MenuEntry

_PEOPLE = _("Users")
SETTINGS_MENU.add(MenuEntry(_("Users"), "accounts:users", _PEOPLE, shown_to=can_configure), order=30)
SETTINGS_MENU.add(MenuEntry(_("Roles"), "accounts:roles", _PEOPLE, shown_to=can_configure), order=31)
SETTINGS_MENU.add(MenuEntry(_("Sign-in Providers"), "accounts:providers", _PEOPLE, shown_to=can_configure), order=32)
SETTINGS_MENU.add(MenuEntry(_("Sign-ins and Rights"), "accounts:audit", _PEOPLE, shown_to=can_configure), order=33)

SETTINGS_SECTIONS.add(
    SettingsSection("sign-in", _("Signing in"), SignInSection, "accounts/sections/sign_in.html"), order=30
)

PREFERENCE_SECTIONS.add(
    PreferenceSection("security", _("Signing in"), "accounts/sections/security.html", security), order=20
)
PREFERENCE_SECTIONS.add(PreferenceSection("devices", _("Devices"), "accounts/sections/devices.html", devices), order=90)

for _sentence in (
    _("Invites users, archives them, and gives them roles and companies"),
    _("Resets passwords and two-factor authentication of others, and asks for it company by company"),
    _("Sets up providers that people sign in by, and companies with their logo, addresses and alias domain"),
    _("Writes mail templates, and looks up mails that belong to no ticket"),
    _("Looks up who signed in, and who changed whose rights"),
):
    ABILITIES.add(Ability("settings", _sentence, Role.ADMINISTRATOR))
