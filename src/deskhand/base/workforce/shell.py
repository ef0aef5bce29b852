"""The apps Employees and Time Off, and their menus for others to fill."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskhand.base.workforce.policies import can_administer, can_see_colleagues
from deskhand.base.workforce.querysets import EMPLOYEES
from deskhand.kit.panels import Place
from deskhand.kit.shell import APPS, App, MenuEntry

TIME_OFF = "time-off"
EMPLOYEES_MENU: Place[MenuEntry] = Place("employees.menu")
TIME_OFF_MENU: Place[MenuEntry] = Place("time_off.menu")
_CONFIGURATION = _("Configuration")


def declare() -> None:
    """Put both apps into the switcher."""
    APPS.add(
        App(
            key=EMPLOYEES,
            title=_("Employees"),
            icon="id-badge-2",
            url_name="workforce:employees",
            menu=EMPLOYEES_MENU,
            shown_to=can_see_colleagues,
            has_roles=True,
            administrator_may=_("Keeps employees, working hours and holidays, and decides about time off."),
        ),
        order=70,
    )
    APPS.add(
        App(
            key=TIME_OFF,
            title=_("Time Off"),
            icon="beach",
            url_name="workforce:absences",
            menu=TIME_OFF_MENU,
            shown_to=can_see_colleagues,
        ),
        order=71,
    )
    EMPLOYEES_MENU.add(MenuEntry(_("Employees"), "workforce:employees"), order=10)
    EMPLOYEES_MENU.add(
        MenuEntry(_("Departments"), "workforce:departments", under=_CONFIGURATION, shown_to=can_administer), order=30
    )
    EMPLOYEES_MENU.add(
        MenuEntry(_("Working Calendars"), "workforce:calendars", under=_CONFIGURATION, shown_to=can_administer),
        order=31,
    )
    TIME_OFF_MENU.add(MenuEntry(_("Calendar"), "workforce:absences"), order=10)
    TIME_OFF_MENU.add(MenuEntry(_("Requests"), "workforce:time-off-list"), order=20)
    TIME_OFF_MENU.add(
        MenuEntry(_("Types"), "workforce:leave-types", under=_CONFIGURATION, shown_to=can_administer), order=30
    )
