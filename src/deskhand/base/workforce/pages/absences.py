"""Who is away when: a month by days, a year by months, one department or all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from deskhand.base.workforce.models import Department
from deskhand.base.workforce.pages.access import colleagues_page, person
from deskhand.base.workforce.pages.forms import may_ask
from deskhand.base.workforce.queries.absences import month_of, year_of
from deskhand.base.workforce.shell import TIME_OFF
from deskhand.kit.keys import key_of
from deskhand.kit.screens import ViewLink

_EARLIEST, _LATEST = 2000, 2100


@require_safe
@colleagues_page
def absences(request: HttpRequest) -> HttpResponse:
    """The month of ``?month=2026-11``, the present one without; the year of ``?year=2026``. Ten queries at most."""
    user, today = person(request), timezone.localdate()
    departments = list(Department.objects.visible_to(user).active().select_related("company"))
    chosen = key_of(request.GET.get("department", ""))
    department = next((one for one in departments if one.pk == chosen), None)
    year = _year(request.GET.get("year", ""))
    month = _month(request.GET.get("month", ""), today)
    context: dict[str, Any] = {
        "app_key": TIME_OFF,
        "departments": _named(departments),
        "department": department,
        "new_url": reverse("workforce:new-time-off") if may_ask(user) else "",
        "views": [
            ViewLink("calendar-month", _("Calendar"), reverse("workforce:absences"), is_current=True),
            ViewLink("list", _("List"), reverse("workforce:time-off-list")),
        ],
        "scales": _scales(request.GET, month, year),
    }
    if year:
        context |= {"year": year_of(user, year, department=department), "title": str(year)}
        context |= _around(request.GET, "year", str(year - 1), str(year + 1), str(today.year))
        return render(request, "workforce/absences_year.html", context)
    title = formatted(month, pgettext("date format: November 2025", "F Y"))
    context |= {"month": month_of(user, month, today=today, department=department), "title": title}
    context |= _around(request.GET, "month", _written(_moved(month, -1)), _written(_moved(month, 1)), _written(today))
    return render(request, "workforce/absences_month.html", context)


def _named(departments: Sequence[Department]) -> list[tuple[int, str]]:
    """Id and name; with that of the company where several have one of the same name."""
    known = Counter(one.name for one in departments)
    return [
        (one.pk, f"{one.name} ({one.company.public_name})" if known[one.name] > 1 else one.name) for one in departments
    ]


def _scales(query: QueryDict, month: date, year: int | None) -> list[tuple[str, str, bool]]:
    shown_year = year or month.year
    first = date(year, 1, 1) if year else month
    return [
        (_("Month"), _address(query, "month", _written(first)), not year),
        (_("Year"), _address(query, "year", str(shown_year)), bool(year)),
    ]


def _around(query: QueryDict, name: str, before: str, after: str, present: str) -> dict[str, str]:
    return {
        "previous_url": _address(query, name, before),
        "next_url": _address(query, name, after),
        "today_url": _address(query, name, present),
        "scale": name,
        "shown": query.get(name, present),
    }


def _address(query: QueryDict, name: str, value: str) -> str:
    kept = QueryDict(mutable=True)
    if department := query.get("department"):
        kept["department"] = str(department)
    kept[name] = value
    return f"{reverse('workforce:absences')}?{kept.urlencode()}"


def _written(day: date) -> str:
    return f"{day:%Y-%m}"


def _moved(month: date, by: int) -> date:
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def _month(text: str, today: date) -> date:
    year, _dash, month = text.partition("-")
    found = _year(year)
    number = key_of(month)
    return date(found, number, 1) if found and number and number <= 12 else today.replace(day=1)


def _year(text: str) -> int | None:
    year = key_of(text)
    return year if year and _EARLIEST <= year <= _LATEST else None
