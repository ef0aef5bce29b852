"""Which records somebody means: those that are ticked, or all that the list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest

from deskhand.kit.keys import keys_of

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

#: The field of a ticked record, and of *Select all*.
PK, ALL = "pk", "all"


def is_everything(request: HttpRequest) -> bool:
    """Whether all records of the list are meant, those of its other pages too."""
    return ALL in request.POST


def ticked(request: HttpRequest) -> list[int]:
    """The keys of the ticked records."""
    return keys_of(request.POST.getlist(PK))


def meant_rows(screen: ListScreen[Any], request: HttpRequest) -> QuerySet[Any]:
    """The records that are meant, in the order of the list; never more than the person may see.

    Ticked ones need not match the list's search any more: they were chosen by eye. Nothing ticked: all of the list.
    """
    state = screen.state(request)
    if is_everything(request) or not ticked(request):
        return screen.chosen_rows(request, state)
    return screen.rows(request).filter(pk__in=ticked(request)).order_by(*screen.order_for(request, state))
