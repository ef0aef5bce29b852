"""What is done on a calendar's page besides its sheet: days of its own, the default, parts of a country."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deskhand.base.workforce.models import WorkingCalendar
from deskhand.base.workforce.pages.access import administrators_page, person
from deskhand.base.workforce.pages.forms import CalendarForm, DayForm
from deskhand.base.workforce.pages.screens import calendar_days
from deskhand.base.workforce.services.working_calendars import add_day, make_default, remove_day
from deskhand.kit.errors import DomainError


@require_safe
@administrators_page
def parts(request: HttpRequest) -> HttpResponse:
    """The field with the parts of the country that was just chosen (``?country=``)."""
    form = CalendarForm(instance=None, by=person(request), initial={"country": request.GET.get("country", "")})
    return render(request, "workforce/parts.html", {"form": form})


@require_POST
@administrators_page
def default(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it the calendar of its company."""
    calendar = _visible(request, pk)
    try:
        make_default(pk, by=person(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(company)s counts by this calendar now.") % {"company": calendar.company.public_name}
        )
    return redirect("workforce:calendar", pk)


@require_POST
@administrators_page
def days(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a day of its own; answers the list of days."""
    calendar = _visible(request, pk)
    form = DayForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            worked = bool(chosen["is_worked"])
            add_day(pk, chosen["day"], name=chosen["name"], is_worked=worked, by=person(request))
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            form = DayForm()
    return _days(request, calendar, form)


@require_POST
@administrators_page
def day_deletion(request: HttpRequest, pk: int, day_pk: int) -> HttpResponse:
    """Take such a day out again; answers the list of days."""
    calendar = _visible(request, pk)
    remove_day(pk, day_pk, by=person(request))
    return _days(request, calendar, DayForm())


def _days(request: HttpRequest, calendar: WorkingCalendar, form: DayForm) -> HttpResponse:
    if not request.headers.get("HX-Request") and not form.errors:
        return redirect("workforce:calendar", calendar.pk)
    context = {"record": calendar, "day_form": form, "may_save": True, **calendar_days(calendar)}
    return render(request, "workforce/days.html", context, status=422 if form.errors else 200)


def _visible(request: HttpRequest, pk: int) -> WorkingCalendar:
    return get_object_or_404(WorkingCalendar.objects.visible_to(request.user), pk=pk)
