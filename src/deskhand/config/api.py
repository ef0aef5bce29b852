"""The REST API: which resources there are, and how callers say who they are."""

from __future__ import annotations

from importlib import import_module

from django.utils.module_loading import import_string

from deskhand.base.keys.api.public import ApiKeyBearer
from deskhand.kit.api.door import Api
from deskhand.kit.api.signed_in import SessionCookie

#: What apps add to resources of lower ones; read before the routers are made.
_ADDING = ("deskhand.support.closing.api.verbs",)
_RESOURCES = (
    "deskhand.support.tickets.api.resources.TICKETS_API",
    "deskhand.support.teams.api.resources.TEAMS_API",
    "deskhand.support.teams.api.resources.STAGES_API",
    "deskhand.support.teams.api.resources.TAGS_API",
    "deskhand.base.contacts.api.resources.CONTACTS_API",
    "deskhand.base.contacts.api.resources.CONTACT_TAGS_API",
    "deskhand.base.activities.api.resources.ACTIVITIES_API",
    "deskhand.base.activities.api.resources.TYPES_API",
    "deskhand.base.notifications.api.resources.NOTIFICATIONS_API",
    "deskhand.base.chatter.api.resources.CANNED_API",
    "deskhand.base.workforce.api.employees.EMPLOYEES_API",
    "deskhand.base.workforce.api.employees.DEPARTMENTS_API",
    "deskhand.base.workforce.api.time_off.TIMES_OFF_API",
    "deskhand.base.workforce.api.time_off.LEAVE_TYPES_API",
    "deskhand.base.workforce.api.calendars.CALENDARS_API",
    "deskhand.base.companies.api.resources.COMPANIES_API",
    "deskhand.base.accounts.api.resources.USERS_API",
    "deskhand.base.accounts.api.entry.INVITATIONS_API",
    "deskhand.base.accounts.api.entry.PROVIDERS_API",
    "deskhand.base.accounts.api.entry.AUDIT_API",
    "deskhand.base.keys.api.resources.KEYS_API",
    "deskhand.kit.api.lists.favorites.FAVORITES_API",
    "deskhand.kit.api.lists.runs.RUNS_API",
    "deskhand.kit.api.lists.imports.IMPORTS_API",
    "deskhand.base.webhooks.api.resources.WEBHOOKS_API",
    "deskhand.base.mail.api.resources.TEMPLATES_API",
    "deskhand.base.mail.api.resources.INCOMING_API",
    "deskhand.base.mail.api.resources.OUTGOING_API",
    "deskhand.base.mail.api.servers.OUTGOING_SERVERS_API",
    "deskhand.base.mail.api.servers.INCOMING_SERVERS_API",
)

#: Kinds of records that are talked about in the API, besides tickets.
_TALKED_ABOUT = ("contacts", "teams", "users", "employees", "working-calendars")

for _module in _ADDING:
    import_module(_module)

_made = {_resource.key: _resource for _resource in map(import_string, _RESOURCES)}
for _key in _TALKED_ABOUT:
    import_string("deskhand.base.chatter.api.resources.add_conversation")(_made[_key])

api = Api(
    {_resource.key: _resource.router for _resource in _made.values()}
    | {"attachments": import_string("deskhand.base.files.api.resources.router")},
    auth=[ApiKeyBearer(), SessionCookie()],
)
