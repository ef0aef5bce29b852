from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deskhand.base.companies.public import Company
from deskhand.base.workforce.calendars import MINUTES_A_DAY, Attendance, subdivision_name
from deskhand.base.workforce.enums import LeaveLength, LeaveState, Weekday
from deskhand.base.workforce.querysets import (
    CalendarQuerySet,
    DepartmentQuerySet,
    EmployeeQuerySet,
    LeaveTypeQuerySet,
    TimeOffQuerySet,
)
from deskhand.kit.choices import country_name
from deskhand.kit.hues import Hue


class WorkingCalendar(models.Model):
    """When one works: hours of a week or two, at a place with its clock and its public holidays.

    Each company has one default, which holds for whoever has no other and for what belongs to nobody, such as SLAs.
    """

    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    time_zone = models.CharField(_("Time zone"), max_length=60)
    has_two_weeks = models.BooleanField(_("Two weeks take turns"), default=False)
    country = models.CharField(_("Public holidays of"), max_length=2, blank=True)
    subdivision = models.CharField(_("In particular of"), max_length=20, blank=True)
    is_default = models.BooleanField(_("Company default"), default=False, editable=False)
    is_active = models.BooleanField(_("Active"), default=True, editable=False)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("Working calendar")
        verbose_name_plural = _("Working calendars")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company"], condition=Q(is_default=True), name="one_default_calendar"),
            models.UniqueConstraint(fields=["company", "name"], name="calendar_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_country_display(self) -> str:
        return country_name(self.country)

    def get_subdivision_display(self) -> str:
        return subdivision_name(self.country, self.subdivision)


class WorkingHours(models.Model):
    """One stretch of work of a calendar's week, in minutes since midnight; past 1,440 it lies on the next day."""

    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.CASCADE, related_name="hours")
    week = models.PositiveSmallIntegerField(default=0)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["week", "weekday", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    week__lte=1, weekday__lte=6, start__lt=MINUTES_A_DAY,
                    end__gt=F("start"), end__lte=F("start") + MINUTES_A_DAY,
                ),
                name="possible_hours",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.start}-{self.end}"

    @property
    def attendance(self) -> Attendance:
        return Attendance(self.weekday, self.start, self.end, self.week)


class CalendarDay(models.Model):
    """A day of its own in a calendar: off, or worked although it is a public holiday."""

    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("Day"))
    name = models.CharField(_("Name"), max_length=120)
    is_worked = models.BooleanField(_("Worked"), default=False)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Department(models.Model):
    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    is_active = models.BooleanField(_("Active"), default=True, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Department")
        verbose_name_plural = _("Departments")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="department_name")]

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """Somebody who works here, whether they sign in (``user``) or not.

    ``calendar`` None: the company's default. ``manager`` decides about their time off.
    """

    name = models.CharField(_("Name"), max_length=200)
    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("User"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employee",
    )
    job_title = models.CharField(_("Job title"), max_length=120, blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("Department"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employees",
    )
    manager = models.ForeignKey(
        "self", verbose_name=_("Manager"), null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    calendar = models.ForeignKey(
        WorkingCalendar,
        verbose_name=_("Working calendar"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="employees",
    )
    email = models.EmailField(_("Work email"), blank=True)
    phone = models.CharField(_("Work phone"), max_length=40, blank=True)
    photo = models.CharField(_("Photo"), max_length=64, blank=True, editable=False)
    is_active = models.BooleanField(_("Active"), default=True, editable=False)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Employee")
        verbose_name_plural = _("Employees")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def photo_url(self) -> str:
        """Where colleagues find the photo, empty without one; a new photo has a new address."""
        return f"{reverse('workforce:photo', args=[self.pk])}?{self.photo[7:15]}" if self.photo else ""


class LeaveType(models.Model):
    """Why somebody is away. ``needs_approval`` False: asking is enough, as for being ill."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    color = models.PositiveSmallIntegerField(_("Color"), choices=Hue, default=Hue.BLUE)
    needs_approval = models.BooleanField(_("Needs approval"), default=True)
    is_active = models.BooleanField(_("Active"), default=True, editable=False)

    objects = LeaveTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Type of time off")
        verbose_name_plural = _("Types of time off")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TimeOff(models.Model):
    """Somebody is away, or would like to be.

    ``start_at`` and ``end_at`` are what the choice means by the employee's calendar at the time of asking, ``hours``
    the working time in it; days and minutes (since midnight) are what was chosen.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="time_off")
    type = models.ForeignKey(LeaveType, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=9, choices=LeaveState, default=LeaveState.REQUESTED)
    length = models.CharField(max_length=9, choices=LeaveLength, default=LeaveLength.DAYS)
    first_day = models.DateField(_("From"))
    last_day = models.DateField(pgettext_lazy("a day or a time", "To"))
    start_minute = models.PositiveSmallIntegerField(null=True)
    end_minute = models.PositiveSmallIntegerField(null=True)
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    hours = models.DecimalField(_("Working hours"), max_digits=7, decimal_places=2)
    reason = models.TextField(_("Reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Decided by")
    )
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("Asked"))

    objects = TimeOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("Time off")
        verbose_name_plural = _("Time off")
        ordering = ["-first_day", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="time_off_has_length")]
        indexes = [models.Index(fields=["employee", "start_at"], name="time_off_of_employee")]

    def __str__(self) -> str:
        return f"{self.type}: {self.employee}"
