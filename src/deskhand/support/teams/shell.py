"""The Helpdesk app in the app switcher, and its menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import ABILITIES, Ability, Role
from deskhand.kit.panels import Place
from deskhand.kit.shell import APPS, App, MenuEntry
from deskhand.support.teams.policies import can_configure

HELPDESK_MENU: Place[MenuEntry] = Place("helpdesk.menu")

APPS.add(
    App(
        key="helpdesk",
        title=_("Helpdesk"),
        icon="lifebuoy",
        url_name="home:overview",
        menu=HELPDESK_MENU,
        shown_to=lambda user: user.has_role("helpdesk"),
        has_roles=True,
        user_may=_("Works on the tickets of their companies' teams."),
        administrator_may=_("Also sets up teams, stages and tags."),
    ),
    order=10,
)
HELPDESK_MENU.add(MenuEntry(_("Overview"), "home:overview", keys="g o"), order=10)
_CONFIGURATION = _("Configuration")
HELPDESK_MENU.add(MenuEntry(_("Helpdesk Teams"), "teams:list", _CONFIGURATION, shown_to=can_configure), order=80)
HELPDESK_MENU.add(MenuEntry(_("Stages"), "teams:stages", _CONFIGURATION, shown_to=can_configure), order=81)
HELPDESK_MENU.add(MenuEntry(_("Tags"), "teams:tags", _CONFIGURATION, shown_to=can_configure), order=82)

for _sentence in (
    _("Reads tickets of the teams that are open to them, and of those they follow"),
    _("Makes tickets, works on them, writes to customers and notes for colleagues"),
    _("Assigns, moves, archives and closes tickets"),
):
    ABILITIES.add(Ability("helpdesk", _sentence))
for _sentence in (
    _("Sets up teams, stages, tags, addresses of teams and what happens when a ticket is closed"),
    _("Sets up teams for invited users, too, but reads only those of their tickets that they follow"),
    _("Writes mail templates, and looks up mails that came in and went out"),
):
    ABILITIES.add(Ability("helpdesk", _sentence, Role.ADMINISTRATOR))
