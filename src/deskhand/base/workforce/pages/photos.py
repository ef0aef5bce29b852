"""The photo, for colleagues."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from deskhand.base.workforce.models import Employee
from deskhand.base.workforce.pages.access import colleagues_page
from deskhand.kit.pictures import picture_response


@require_safe
@colleagues_page
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One query."""
    employee = get_object_or_404(Employee.objects.visible_to(request.user), pk=pk)
    return picture_response(employee.photo)
