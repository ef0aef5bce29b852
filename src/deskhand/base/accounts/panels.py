"""What accounts are to the rest of the house: entries of the Settings app, sections of settings and preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.forms import SignInSection
from deskhand.base.accounts.pages.security import devices, security
from deskhand.base.accounts.places import ABILITIES, PREFERENCE_SECTIONS, Ability, PreferenceSection
from deskhand.base.companies.public import SETTINGS_MENU, SETTINGS_SECTIONS, SettingsSection, can_configure
from deskhand.base.contacts.public import CONTACT_COLUMNS, CONTACT_REFERENCES, CannotMerge, Reference
from deskhand.kit.screens import Column
from deskhand.kit.shell import ACCOUNT_CARDS, AccountCard, MenuEntry
from deskhand.kit.ui.shapes import Badge

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
ACCOUNT_CARDS.add(
    AccountCard(
        "profile",
        _("Profile"),
        _("Your name, phone and address, how you sign in, and what mails you get."),
        "user",
        "accounts:preferences",
    ),
    order=80,
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


def _access(contact_ids: Sequence[int]) -> Mapping[int, Badge]:
    """Who of them signs in, and as what. One query."""
    users = User.objects.active().filter(contact__in=contact_ids)
    kinds = dict(users.values_list("contact", "kind"))
    return {contact: _PORTAL if kind == UserKind.PORTAL else _COLLEAGUE for contact, kind in kinds.items()}


def _move_user(survivor: int, merged: Sequence[int]) -> int:
    """:raises CannotMerge: several of them sign in; which password shall hold is nobody's to guess."""
    if User.objects.filter(contact__in=[survivor, *merged]).count() > 1:
        raise CannotMerge(_("Several of these contacts sign in. Only one of them can; merge those who do not."))
    return User.objects.filter(contact__in=merged).update(contact=survivor)


_PORTAL = Badge(_("Portal"), icon="world", tone="ok", title=_("Signs in to see their own tickets."))
_COLLEAGUE = Badge(_("Colleague"), icon="id-badge-2", title=_("Works here."))
CONTACT_COLUMNS.add(Column("access", _("Portal access"), load=_access, width="s"), order=10)
CONTACT_REFERENCES.add(Reference(_("Users"), ((User, "contact"),), _move_user), order=10)
