"""Time off in words, and whom it concerns."""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deskhand.base.accounts.public import Role, User
from deskhand.base.contacts.public import Contact
from deskhand.base.workforce.calendars import hours_text
from deskhand.base.workforce.enums import LeaveLength
from deskhand.base.workforce.models import Employee, TimeOff
from deskhand.base.workforce.querysets import EMPLOYEES


def deciders_of(employee: Employee) -> list[int]:
    """Contact ids of those who are told of a wish: the manager, or else the administrators of the company."""
    manager = employee.manager
    if manager is not None and manager.user is not None and manager.user.is_active:
        return [manager.user.contact_id]
    administrators = User.objects.with_role(EMPLOYEES, Role.ADMINISTRATOR).filter(companies=employee.company_id)
    found = list(administrators.order_by("pk").values_list("contact_id", flat=True))
    if found:
        return found
    of_settings = User.objects.with_role("settings", Role.ADMINISTRATOR).filter(companies=employee.company_id)
    return list(of_settings.order_by("pk").values_list("contact_id", flat=True))


def concerned_by(time_off: TimeOff) -> list[Contact]:
    """Whom a message about a wish is for: the employee, and those who decide. Two queries, or three."""
    user = time_off.employee.user
    found = Contact.objects.filter(pk__in=[*([user.contact_id] if user else []), *deciders_of(time_off.employee)])
    return list(found.order_by("pk"))


def time_off_in_words(time_off: TimeOff) -> str:
    """``Vacation of Amara Okafor, 3 Aug – 7 Aug 2026``."""
    named = {"type": time_off.type.name, "name": time_off.employee.name, "when": days_in_words(time_off)}
    return _("%(type)s of %(name)s, %(when)s") % named


def days_in_words(time_off: TimeOff) -> str:
    """``3 Aug – 7 Aug 2026``, ``3 Aug 2026, an afternoon``, ``3 Aug 2026, 14:00–16:30``."""
    first = _day(time_off.first_day)
    if time_off.length == LeaveLength.HOURS:
        hours = hours_text([(time_off.start_minute or 0, time_off.end_minute or 0)])
        return f"{first}, {hours}"
    if time_off.length != LeaveLength.DAYS:
        length = time_off.get_length_display()
        return f"{first}, {length[:1].lower()}{length[1:]}"
    if time_off.first_day == time_off.last_day:
        return first
    if time_off.first_day.year == time_off.last_day.year:
        first = formatted(time_off.first_day, pgettext("date format: 18 Nov", "j M"))
    return f"{first} – {_day(time_off.last_day)}"


def _day(day: date) -> str:
    return formatted(day, pgettext("date format: 18 Nov 2025", "j M Y"))
