"""What accounts are to the rest of the house: entries of the Settings app, sections of settings and preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.forms import SignInSection
from deskhand.base.accounts.pages.own_addresses import own_addresses
from deskhand.base.accounts.pages.security import devices, security
from deskhand.base.accounts.places import ABILITIES, PREFERENCE_SECTIONS, Ability, PreferenceSection
from deskhand.base.accounts.policies import can_give_portal_access
from deskhand.base.accounts.services import grant_portal_access, revoke_portal_access
from deskhand.base.companies.public import SETTINGS_MENU, SETTINGS_SECTIONS, SettingsSection, can_configure
from deskhand.base.contacts.public import (
    CONTACT_BADGES,
    CONTACT_COLUMNS,
    CONTACT_HEADER_BUTTONS,
    CONTACT_MASS_ACTIONS,
    CONTACT_REFERENCES,
    CannotMerge,
    Contact,
    Reference,
)
from deskhand.kit.errors import NotAllowed
from deskhand.kit.screens import Column
from deskhand.kit.screens.actions import Doing, MassAction
from deskhand.kit.shell import ACCOUNT_CARDS, SITE_MENU, AccountCard, MenuEntry, SiteEntry
from deskhand.kit.ui.shapes import Badge, HeaderButton

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
SITE_MENU.add(
    SiteEntry(
        _("Sign in"),
        "account_login",
        shown_to=lambda user: not user.is_authenticated,
        near=("account_reset_password", "account_sign_up"),
        is_at_end=True,
        is_folded=False,
    ),
    order=90,
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
PREFERENCE_SECTIONS.add(
    PreferenceSection(
        "addresses",
        _("Other addresses"),
        "accounts/sections/addresses.html",
        own_addresses,
        shown_to=lambda user: user.is_authenticated and not user.is_internal,
    ),
    order=5,
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
    known = users.values_list("contact", "kind", "last_login")
    return {contact: _badge(kind, was_here=last_login is not None) for contact, kind, last_login in known}


def _badge(kind: str, *, was_here: bool) -> Badge:
    if kind != UserKind.PORTAL:
        return _COLLEAGUE
    return _PORTAL if was_here else _INVITED


def _move_user(survivor: int, merged: Sequence[int]) -> int:
    """:raises CannotMerge: several of them sign in; which password shall hold is nobody's to guess."""
    if User.objects.filter(contact__in=[survivor, *merged]).count() > 1:
        raise CannotMerge(_("Several of these contacts sign in. Only one of them can; merge those who do not."))
    return User.objects.filter(contact__in=merged).update(contact=survivor)


def _portal_access(contact: Contact) -> Badge | None:
    """Whether they sign in, and since when nobody has seen them. Two queries at most."""
    user = getattr(contact, "user", None)
    if user is None:
        return None
    if not user.is_active:
        return _NO_MORE
    return _badge(user.kind, was_here=user.last_login is not None)


def _grant_button(contact: Contact, user: User) -> HeaderButton | None:
    known = getattr(contact, "user", None)
    if not can_give_portal_access(user) or contact.merged_into_id or not contact.is_active:
        return None
    if known and (known.kind == UserKind.INTERNAL or (known.is_active and known.last_login)):
        return None
    label = _("Send the invitation again") if known and known.is_active else _("Grant portal access")
    url = reverse("accounts:portal-access", args=[contact.pk])
    return HeaderButton(label, url, icon="send", method="post")


def _revoke_button(contact: Contact, user: User) -> HeaderButton | None:
    known = getattr(contact, "user", None)
    if not can_give_portal_access(user) or known is None or not known.is_active or known.is_internal:
        return None
    confirm = gettext("Take away the portal access of %(name)s? They are signed out and cannot sign in any more.")
    url = reverse("accounts:portal-revocation", args=[contact.pk])
    said = confirm % {"name": contact.name}
    return HeaderButton(_("Revoke portal access"), url, icon="user-off", method="post", confirm=said)


def _grant(contact: Contact, doing: Doing) -> bool:
    _refuse_stranger(doing)
    grant_portal_access(contact.pk, by=doing.user, at=doing.at)
    return True


def _revoke(contact: Contact, doing: Doing) -> bool:
    _refuse_stranger(doing)
    revoke_portal_access(contact.pk, by=doing.user)
    return True


def _refuse_stranger(doing: Doing) -> None:
    if not can_give_portal_access(doing.user):
        raise NotAllowed


def _invited(count: int) -> str:
    return ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count) % {
        "count": count
    }


def _revoked(count: int) -> str:
    return ngettext("%(count)s portal access revoked.", "%(count)s portal accesses revoked.", count) % {"count": count}


_PORTAL = Badge(_("Portal"), icon="world", tone="ok", title=_("Signs in to see their own tickets."))
_COLLEAGUE = Badge(_("Colleague"), icon="id-badge-2", title=_("Works here."))
_INVITED = Badge(_("Invited"), icon="send", tone="info", title=_("To the portal; has not been there yet."))
_NO_MORE = Badge(_("No access"), icon="user-off", title=_("Signed in once; cannot any more."))
CONTACT_BADGES.add(_portal_access)
CONTACT_HEADER_BUTTONS.add(_grant_button, order=20)
CONTACT_HEADER_BUTTONS.add(_revoke_button, order=30)
CONTACT_MASS_ACTIONS.add(
    MassAction(
        "grant-portal-access",
        _("Grant portal access"),
        "send",
        _grant,
        done=_invited,
        shown_to=can_give_portal_access,
        is_for_archived=False,
        confirm=_("Invite the chosen contacts to the portal? Each of them gets a mail with a personal link."),
    )
)
CONTACT_MASS_ACTIONS.add(
    MassAction(
        "revoke-portal-access",
        _("Revoke portal access"),
        "user-off",
        _revoke,
        done=_revoked,
        shown_to=can_give_portal_access,
        confirm=_("Take away the portal access of the chosen contacts? They cannot sign in any more."),
    )
)
CONTACT_COLUMNS.add(Column("access", _("Portal access"), load=_access, width="s"), order=10)
CONTACT_REFERENCES.add(Reference(_("Users"), ((User, "contact"),), _move_user), order=10)
