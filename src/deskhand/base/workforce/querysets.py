from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from deskhand.base.accounts.public import Role
from deskhand.base.workforce.enums import LeaveState

if TYPE_CHECKING:
    from deskhand.base.workforce.models import Department, Employee, LeaveType, TimeOff, WorkingCalendar

#: The app whose administrators keep employees, calendars and time off. Those of the settings may, too.
EMPLOYEES = "employees"


def administers(user: Any) -> bool:
    """Whether a user keeps the employees of their companies."""
    return bool(
        user.is_authenticated
        and user.is_internal
        and (user.has_role(EMPLOYEES, Role.ADMINISTRATOR) or user.has_role("settings", Role.ADMINISTRATOR))
    )


def _worked_in(user: Any) -> Q:
    """Rows of the companies that somebody works in."""
    is_colleague = user.is_authenticated and user.is_internal
    return Q(company__in=user.company_ids) if is_colleague else Q(pk__in=())


class CalendarQuerySet(models.QuerySet["WorkingCalendar"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        return self.filter(_worked_in(user))

    def kept_by(self, user: Any) -> Self:
        """Whose page and conversation are for a user: administrators keep the calendars of their companies."""
        return self.visible_to(user) if administers(user) else self.none()


class DepartmentQuerySet(models.QuerySet["Department"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        return self.filter(_worked_in(user))


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        """Everybody sees their colleagues (name, job, department), not when and why they are away."""
        return self.filter(_worked_in(user))

    def working_by(self, calendar: WorkingCalendar) -> Self:
        """Whose hours a calendar says: by their own choice, or as the default of their company."""
        own = Q(calendar=calendar)
        return self.filter(own | Q(calendar=None, company=calendar.company_id) if calendar.is_default else own)

    def discussed_by(self, user: Any) -> Self:
        """Employees whose conversation a user takes part in: colleagues see who works here, not what is noted of them.

        That is for their managers and for administrators; of oneself nobody reads it but these.
        """
        return self.visible_to(user) if administers(user) else self.visible_to(user).filter(manager__user=user.pk)

    def led_by(self, user: Any) -> Self:
        """Whose time off a user decides about, as their manager or as an administrator."""
        if not user.is_authenticated or not user.is_internal:
            return self.none()
        led = Q(manager__user=user.pk)
        return self.filter(led | Q(company__in=user.company_ids) if administers(user) else led)


class LeaveTypeQuerySet(models.QuerySet["LeaveType"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        return self.all() if user.is_authenticated and user.is_internal else self.none()


class TimeOffQuerySet(models.QuerySet["TimeOff"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, that of those whom one leads, and for administrators that of their companies."""
        if not user.is_authenticated or not user.is_internal:
            return self.none()
        mine = Q(employee__user=user.pk) | Q(employee__manager__user=user.pk)
        return self.filter(mine | Q(employee__company__in=user.company_ids) if administers(user) else mine)

    def counted(self) -> Self:
        """What is asked for or agreed; what was refused or withdrawn never happened."""
        return self.filter(state__in=[LeaveState.REQUESTED, LeaveState.APPROVED])

    def approved(self) -> Self:
        return self.filter(state=LeaveState.APPROVED)

    def between(self, start: datetime, end: datetime) -> Self:
        """That has some time in common with a stretch."""
        return self.filter(start_at__lt=end, end_at__gt=start)
