"""Searches that the demo company keeps: shared ones, one's own, and one that somebody's list opens with."""

from __future__ import annotations

from collections.abc import Mapping

from deskhand.base.accounts.public import User
from deskhand.kit.screens.favorites import NewFavorite, save_favorite

_TICKETS, _CONTACTS = "tickets:list", "contacts:list"
_OF_THE_ADMINISTRATOR = (
    NewFavorite(_TICKETS, "Open by team and stage", "filter=open&group=team&group=stage", is_shared=True),
    NewFavorite(_TICKETS, "Waiting longest", "filter=open&sort=created_at", is_shared=True),
    NewFavorite(_TICKETS, "Arrivals by month", "group=created%3Amonth&group=team", is_shared=True),
    NewFavorite(_CONTACTS, "Companies by country", "filter=companies&group=country", is_shared=True),
    NewFavorite(_TICKETS, "Urgent and nobody’s", "filter=urgent&filter=unassigned&filter=open"),
)
_OF_AN_AGENT = (NewFavorite(_TICKETS, "My open tickets", "filter=mine&filter=open&sort=created_at", is_default=True),)


def keep_searches(users: Mapping[str, User]) -> None:
    """The first of the users administers; the second one works on tickets and has a default of their own."""
    administrator, agent = list(users.values())[:2]
    for favorite in _OF_THE_ADMINISTRATOR:
        save_favorite(favorite, by=administrator)
    for favorite in _OF_AN_AGENT:
        save_favorite(favorite, by=agent)
