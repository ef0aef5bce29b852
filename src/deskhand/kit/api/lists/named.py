"""Lists by the words of the API: ``tickets`` for the list of tickets."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import Field

from deskhand.kit.api.problems import invalid
from deskhand.kit.api.resources import resources
from deskhand.kit.screens import ListScreen

ListName = Annotated[str, Field(pattern=r"^[a-z-]+$", max_length=40)]


def list_named(name: str, user: Any, *, field: str = "list") -> ListScreen[Any]:
    """The list, if the user may open its page.

    :raises InvalidValues: there is none for them.
    """
    known = {
        key: resource.screen
        for key, resource in resources().items()
        if resource.screen.list_url and _may_open(resource.screen, user)
    }
    if name not in known:
        raise invalid(field, _("Use one of: %(known)s.") % {"known": ", ".join(known)}, code="unknown_list")
    return known[name]


def name_of_list(list_url: str) -> str:
    """What the list of that route is called in the API; empty: it is not in it."""
    return next((key for key, resource in resources().items() if resource.screen.list_url == list_url), "")


def _may_open(screen: ListScreen[Any], user: Any) -> bool:
    """Whether the page opens; some hide that they are there at all."""
    try:
        return screen.may_open(user)
    except Http404:
        return False
