"""The REST API: which resources there are, and how callers say who they are."""

from __future__ import annotations

from importlib import import_module

from django.utils.module_loading import import_string

from deskhand.base.keys.api.public import ApiKeyBearer
from deskhand.kit.api.door import make_api
from deskhand.kit.api.signed_in import SessionCookie

#: What apps add to resources of lower ones; read before the routers are made.
_ADDING = ("deskhand.support.closing.api.verbs",)
_RESOURCES = (
    "deskhand.support.tickets.api.resources.TICKETS_API",
    "deskhand.support.teams.api.resources.TEAMS_API",
    "deskhand.support.teams.api.resources.STAGES_API",
    "deskhand.support.teams.api.resources.TAGS_API",
    "deskhand.base.contacts.api.resources.CONTACTS_API",
    "deskhand.base.companies.api.resources.COMPANIES_API",
    "deskhand.base.accounts.api.resources.USERS_API",
    "deskhand.base.webhooks.api.resources.WEBHOOKS_API",
    "deskhand.base.mail.api.resources.TEMPLATES_API",
    "deskhand.base.mail.api.resources.INCOMING_API",
    "deskhand.base.mail.api.resources.OUTGOING_API",
    "deskhand.base.mail.api.servers.OUTGOING_SERVERS_API",
    "deskhand.base.mail.api.servers.INCOMING_SERVERS_API",
)

for _module in _ADDING:
    import_module(_module)

api = make_api(auth=[ApiKeyBearer(), SessionCookie()])
for _name in _RESOURCES:
    _resource = import_string(_name)
    api.add_router(f"/{_resource.key}", _resource.router())
api.add_router("/attachments", import_string("deskhand.base.files.api.resources.router")())
