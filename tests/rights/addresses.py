"""The address of a page about a thing. Most routes take the key of one record, and need nothing here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from deskhand.kit import records
from deskhand.support.tickets.public import Ticket

#: Routes that name more than one thing, or something else than a record's key.
#: Routes that end with a word instead of a key.
_NAMED_BY = {
    "account_invitation": "token",
    "account_new_address": "token",
    "account_sign_up_confirmation": "token",
    "accounts:session-end": "handle",
    "openid_connect_login": "provider_id",
    "openid_connect_callback": "provider_id",
}
#: Routes below a record that name a second one: by which word, and what it is.
_SECOND = {
    "chatter:follower": ("contact_pk", "shared"),
    "chatter:unsent-file": ("file_pk", "file"),
    "tickets:follower": ("contact_pk", "shared"),
    "contacts:address": ("address_pk", "address"),
    "contacts:address-deletion": ("address_pk", "address"),
    "workforce:calendar-day": ("day_pk", 1),
}
_QUERIES = {
    "screens:new-card": "?group=kind&value=internal",
    "contacts:list-cell": "?column=email",
    "tickets:list-cell": "?column=stage__name",
}


def address_of(view: str, thing: str, things: dict[str, Any]) -> str:
    query = f"?team={things['team'].pk}" if view == "teams:stage-fold" else _QUERIES.get(view, "")
    return reverse(view, kwargs=_arguments(view, thing, things)) + query


def _arguments(view: str, thing: str, things: dict[str, Any]) -> dict[str, Any]:
    if view in _NAMED_BY:
        return {_NAMED_BY[view]: things.get(thing, thing)}
    app = view.partition(":")[0]
    fixed = {
        "account_reset_password_from_key": {"uidb36": "1", "key": "wrong"},
        "mail:template-preview": {"about": thing},
        "tickets:board": {"team_pk": things["team"].pk},
        "tickets:quick-create": {"team_pk": things["team"].pk, "stage_pk": things["stage"].pk},
    }
    if view in fixed:
        return fixed[view]
    return _OF_APPS.get(app, _of_record)(view, thing, things)


def _of_screen(view: str, thing: str, things: dict[str, Any]) -> dict[str, Any]:
    del view
    screen, _, record = thing.partition(" ")
    return {"screen": screen} | ({"pk": things[record].pk} if record else {})


def _of_link(view: str, thing: str, things: dict[str, Any]) -> dict[str, Any]:
    if view != "portal:my-attachment" and not thing.startswith(("token", "altered", "x")):
        return _of_record(view, thing, things)
    token, _, file = thing.partition(" ")
    if view == "portal:my-attachment":
        return {"pk": things[token].pk, "file_pk": things[file].pk, "name": things[file].name}
    return {"token": things.get(token, token)} | (_file(things[file]) if file else {})


def _of_file(view: str, thing: str, things: dict[str, Any]) -> dict[str, Any]:
    del view
    return _file(things[thing])


def _of_record(view: str, thing: str, things: dict[str, Any]) -> dict[str, Any]:
    if not thing:
        return {}
    if thing == "kind":
        return {"kind": records.content_type_id(Ticket)}
    record = things[thing]
    found = {"pk": record.pk}
    if view.startswith(("chatter:", "activities:")) and _is_target(record):
        found = {"kind": records.content_type_id(record)} | found
    if view in _SECOND:
        word, other = _SECOND[view]
        found |= {word: things[other].pk if isinstance(other, str) else other}
    return found


def _is_target(record: Any) -> bool:
    """Whether messages and activities are written beside it."""
    return type(record) in {known.model for known in records.registered()}


def _file(attachment: Any) -> dict[str, Any]:
    return {"pk": attachment.pk, "name": attachment.name}


_OF_APPS = {"screens": _of_screen, "portal": _of_link, "files": _of_file}
