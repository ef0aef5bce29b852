"""What is typed about calendars, employees and time off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company, SettingsForm
from deskhand.base.workforce.calendars import (
    MINUTES_A_DAY,
    Attendance,
    HoursOverlap,
    NotHours,
    hours_of,
    hours_text,
    subdivision_name,
    subdivisions,
    week_of,
)
from deskhand.base.workforce.enums import LeaveLength, Weekday
from deskhand.base.workforce.models import Department, Employee, LeaveType, TimeOff, WorkingCalendar
from deskhand.base.workforce.queries.schedules import STANDARD_HOURS
from deskhand.base.workforce.services.employees import CHANGEABLE, NewEmployee
from deskhand.base.workforce.services.leave_types import LeaveTypeDetails
from deskhand.base.workforce.services.time_off import Wish
from deskhand.base.workforce.services.working_calendars import CalendarDetails, make_default
from deskhand.kit.choices import Choices, countries, time_zones
from deskhand.kit.errors import DomainError
from deskhand.kit.hues import Hue
from deskhand.kit.pictures import PICTURE_TYPES, check_picture
from deskhand.kit.ui.widgets import LongSelect

_ENTER_NAME = _("Enter a name.")
_CHOOSE_TYPE = _("Choose a type of time off.")


# ---- calendars ------------------------------------------------------------------------------------------------------


class HoursField(forms.CharField):
    """The hours of one weekday, as text: ``8-12, 13-17``."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false", "placeholder": "–", "dir": "ltr"}
        super().__init__(required=False, max_length=200, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        try:
            return hours_of(super().clean(value))
        except NotHours as error:
            raise ValidationError(
                _("“%(text)s” names no hours. Write them like 8:00-12:00, 13:00-17:00."), params={"text": error}
            ) from error
        except HoursOverlap as error:
            raise ValidationError(_("These hours lie on each other. Let one end before the next begins.")) from error


@dataclass(frozen=True)
class WeekdayRow:
    """A line of the week: its field, and the hours that stand in it at present."""

    field: BoundField
    weekday: int
    hours: Sequence[tuple[int, int]]

    @property
    def bars(self) -> list[tuple[int, int]]:
        """Start and width of what is worked on this day, in minutes; what lies behind midnight is the next day's."""
        return [(start, min(end, MINUTES_A_DAY) - start) for start, end in self.hours]

    @property
    def length(self) -> float:
        return sum(end - start for start, end in self.hours) / 60


@dataclass(frozen=True)
class WeekRows:
    """One week of the editor. ``is_present``: the week in which we are."""

    number: int
    days: list[WeekdayRow]
    is_present: bool

    @property
    def length(self) -> float:
        return sum(day.length for day in self.days)


def _hours_name(week: int, weekday: int) -> str:
    return f"hours_{week}_{weekday}"


def _countries_with_holidays() -> Choices:
    return [("", gettext("No public holidays")), *countries()]


def subdivision_choices(country: str) -> Choices:
    """The parts of a country that have holidays of their own."""
    parts = sorted((subdivision_name(country, code), code) for code in subdivisions(country))
    return [("", gettext("The whole country")), *((code, name) for name, code in parts)]


class CalendarForm(forms.Form):
    """The sheet of a calendar, with a text for each day of the week, or of two."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _ENTER_NAME})
    company = forms.ModelChoiceField(Company.objects.none(), label=_("Company"), empty_label=None)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, widget=LongSelect, help_text=_("The hours are meant by its clock.")
    )
    country = forms.ChoiceField(
        label=_("Public holidays of"), choices=_countries_with_holidays, required=False, widget=LongSelect
    )
    subdivision = forms.ChoiceField(label=_("In particular of"), required=False)
    has_two_weeks = forms.BooleanField(label=_("Two weeks take turns"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        instance: WorkingCalendar | None,
        by: User,
        initial: dict[str, Any],
    ) -> None:
        self.instance = instance
        super().__init__(data, files, initial=_calendar_values(instance, by) | initial)
        if instance:
            del self.fields["company"]
        else:
            cast(Any, self.fields["company"]).queryset = Company.objects.filter(pk__in=by.company_ids)
        country = str((data if data is not None else self.initial).get("country") or "")
        cast(Any, self.fields["subdivision"]).choices = subdivision_choices(country)
        for week in (0, 1):
            for weekday in Weekday:
                self.fields[_hours_name(week, weekday.value)] = HoursField(label=weekday.label)

    def weeks(self) -> Iterator[WeekRows]:
        """Both weeks, the second also while it is not used: the page shows it when it is."""
        present = week_of(timezone.localdate())
        for week in (0, 1):
            yield WeekRows(week, [self._row(week, day.value) for day in Weekday], is_present=week == present)

    def _row(self, week: int, weekday: int) -> WeekdayRow:
        field = self[_hours_name(week, weekday)]
        try:
            hours = hours_of(str(field.value() or ""))
        except (NotHours, HoursOverlap):
            hours = []
        return WeekdayRow(field, weekday, hours)

    def details(self) -> CalendarDetails:
        data = self.cleaned_data
        return CalendarDetails(
            name=data["name"],
            company=self.instance.company if self.instance else data["company"],
            time_zone=data["time_zone"],
            attendances=list(self._attendances()),
            has_two_weeks=data["has_two_weeks"],
            country=data["country"],
            subdivision=data["subdivision"],
        )

    def _attendances(self) -> Iterator[Attendance]:
        for week in (0, 1):
            for weekday in Weekday:
                for start, end in self.cleaned_data[_hours_name(week, weekday.value)]:
                    yield Attendance(weekday.value, start, end, week)


def _calendar_values(calendar: WorkingCalendar | None, by: User) -> dict[str, Any]:
    if calendar is None:
        values: dict[str, Any] = {"company": by.company_id, "time_zone": by.company.time_zone}
        attendances: Sequence[Attendance] = STANDARD_HOURS
    else:
        names = ("name", "time_zone", "country", "subdivision", "has_two_weeks")
        values = {name: getattr(calendar, name) for name in names}
        attendances = [row.attendance for row in calendar.hours.all()]
    for week in (0, 1):
        for day in Weekday:
            hours = [(one.start, one.end) for one in attendances if (one.week, one.weekday) == (week, day.value)]
            values[_hours_name(week, day.value)] = hours_text(hours)
    return values


class DayForm(forms.Form):
    """A day of its own: off, or worked although it is a public holiday."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day.")},
    )
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _ENTER_NAME})
    is_worked = forms.ChoiceField(
        label=_("On this day"),
        choices=[("", _("nobody works")), ("yes", _("one works, public holiday or not"))],
        required=False,
    )


class WorkOrganizationSection(SettingsForm):
    """*Employees*: by which calendar the company counts where nobody says otherwise (SLA-1)."""

    calendar = forms.ModelChoiceField(
        WorkingCalendar.objects.none(),
        label=_("Company Working Hours"),
        required=False,
        help_text=_("Deadlines and reports count by it, and whoever has no other calendar works by it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calendars = WorkingCalendar.objects.filter(company=self.company).active()
        field = cast(Any, self.fields["calendar"])
        field.queryset = calendars
        self.present = calendars.filter(is_default=True).first()
        self.initial = {"calendar": self.present.pk if self.present else None}
        if self.present:
            field.empty_label = None
            field.required = True

    def save(self) -> None:
        chosen = self.cleaned_data["calendar"]
        if chosen and chosen != self.present:
            make_default(chosen.pk)


# ---- employees ------------------------------------------------------------------------------------------------------


class PhotoField(forms.FileField):
    """One picture, by its bytes, whatever its name says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.FileInput(attrs={"accept": ",".join(sorted(PICTURE_TYPES))}),
            help_text=_("PNG, JPEG, GIF or WebP, up to 1 MB; square is best."),
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            try:
                check_picture(upload)
            except DomainError as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
        return upload


class EmployeeForm(forms.ModelForm[Employee]):
    """The sheet of an employee."""

    photo_file = PhotoField(label=_("Photo"))
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)

    class Meta:
        model = Employee
        fields = ["name", "company", "user", "job_title", "department", "manager", "calendar", "email", "phone"]
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = _ENTER_NAME
        companies = [self.instance.company_id] if self.instance.pk else by.company_ids
        self._offer("user", User.objects.internal().filter(companies__in=companies, employee=None).distinct())
        self._offer("department", Department.objects.active().filter(company__in=companies))
        others = Employee.objects.active().filter(company__in=companies).exclude(pk=self.instance.pk)
        self._offer("manager", others)
        self._offer("calendar", WorkingCalendar.objects.active().filter(company__in=companies))
        cast(Any, self.fields["user"]).empty_label = gettext("Does not sign in")
        cast(Any, self.fields["calendar"]).empty_label = gettext("As the company")
        if self.instance.pk:
            del self.fields["company"]
        else:
            cast(Any, self.fields["company"]).queryset = Company.objects.filter(pk__in=companies)
            cast(Any, self.fields["company"]).empty_label = None
            self.initial.setdefault("company", by.company_id)
        if not self.instance.photo:
            del self.fields["remove_photo"]

    def _offer(self, name: str, rows: Any) -> None:
        """These, and who is chosen already."""
        field = cast(Any, self.fields[name])
        chosen = getattr(self.instance, f"{name}_id")
        field.queryset = field.queryset.filter(Q(pk__in=rows.values("pk")) | Q(pk=chosen))

    def new_employee(self) -> NewEmployee:
        return NewEmployee(company=self.cleaned_data["company"], **self.details())

    def details(self) -> dict[str, Any]:
        """The fields as the services take them."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE if name in self.cleaned_data}


class DepartmentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _ENTER_NAME})
    company = forms.ModelChoiceField(Company.objects.none(), label=_("Company"), empty_label=None)

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: Department | None, by: User, initial: dict[str, Any]
    ) -> None:
        known = {"name": instance.name} if instance else {"company": by.company_id}
        super().__init__(data, files, initial=known | initial)
        if instance:
            del self.fields["company"]
        else:
            cast(Any, self.fields["company"]).queryset = Company.objects.filter(pk__in=by.company_ids)


# ---- time off -------------------------------------------------------------------------------------------------------


class LeaveTypeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _ENTER_NAME})
    color = forms.TypedChoiceField(label=_("Color"), choices=Hue.choices, coerce=lambda value: Hue(int(value)))
    needs_approval = forms.BooleanField(
        label=_("Needs approval"),
        required=False,
        help_text=_("Without it, asking is enough; as for being ill."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: LeaveType | None, initial: dict[str, Any]
    ) -> None:
        names = ("name", "color", "needs_approval")
        known = {name: getattr(instance, name) for name in names} if instance else {"needs_approval": True}
        super().__init__(data, files, initial=known | initial)

    def details(self) -> LeaveTypeDetails:
        return LeaveTypeDetails(**self.cleaned_data)


class WishForm(forms.Form):
    """Ask for time off: for oneself, or for those whom one leads."""

    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Employee"), empty_label=None)
    type = forms.ModelChoiceField(
        LeaveType.objects.none(),
        label=_("Type"),
        empty_label=_CHOOSE_TYPE,  # some hold at once: none is meant without being chosen
        error_messages={"required": _CHOOSE_TYPE},
    )
    length = forms.ChoiceField(label=_("How long"), choices=LeaveLength.choices, initial=LeaveLength.DAYS)
    first_day = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day.")},
    )
    last_day = forms.DateField(
        label=pgettext_lazy("a day or a time", "To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day off. Empty: one day."),
    )
    start_time = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    end_time = forms.TimeField(
        label=pgettext_lazy("a day or a time", "To"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by those who decide, nobody else."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, by: User, initial: dict[str, Any], instance: TimeOff | None = None
    ) -> None:
        mine = Employee.objects.active().filter(user=by)
        led = Employee.objects.active().led_by(by)
        first_guess = {"employee": mine.first(), "first_day": timezone.localdate() + timedelta(days=1)}
        super().__init__(data, files, initial=(_asked(instance) if instance else first_guess) | initial)
        employee, types = cast(Any, self.fields["employee"]), LeaveType.objects.active()
        employee.queryset = (mine | led).distinct().order_by("name", "pk")
        if instance:
            employee.queryset, employee.disabled = Employee.objects.filter(pk=instance.employee_id), True
            types = types | LeaveType.objects.filter(pk=instance.type_id)
        cast(Any, self.fields["type"]).queryset = types

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("length") == LeaveLength.HOURS:
            for name in ("start_time", "end_time"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Enter a time."))
        return cleaned

    def wish(self) -> Wish:
        data = self.cleaned_data
        first: date = data["first_day"]
        return Wish(
            employee=data["employee"],
            type=data["type"],
            first_day=first,
            last_day=data["last_day"] or first,
            length=LeaveLength(data["length"]),
            start_minute=_minute(data["start_time"]),
            end_minute=_minute(data["end_time"]),
            reason=data["reason"],
        )


def _asked(time_off: TimeOff) -> dict[str, Any]:
    """What was typed, so that it is changed from there."""
    names = ("employee", "type", "length", "first_day", "last_day", "reason")
    typed = {name: getattr(time_off, name) for name in names}
    return typed | {"start_time": _time(time_off.start_minute), "end_time": _time(time_off.end_minute)}


def _time(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}"


def _minute(time: Any) -> int | None:
    return None if time is None else time.hour * 60 + time.minute


def may_ask(user: User) -> bool:
    """Whether there is anybody to ask for. One query."""
    mine = Employee.objects.active().filter(user=user)
    return (mine | Employee.objects.active().led_by(user)).exists()
