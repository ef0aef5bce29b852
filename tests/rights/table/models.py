"""Models that no door lists by itself, and places of the house: where else they are in the table."""

from __future__ import annotations

from tests.rights.lines import Line

#: Rows that are seen only with what they belong to, through its doors and its rights: model → that model. Nothing lists
#: them (a test says so).
#: ``record``: whatever they are beside. ``mine``: everybody's own, told by who is signed in. ``none``: nobody is
#: shown them.
WITHIN = {
    "kit_screens.ColumnChoice": "mine",
    "home.DailyTarget": "mine",
    "kit_runs.Step": "kit_runs.Run",
    "kit_api.KeptAnswer": "none",
    "companies.Counter": "none",
    "contacts.ContactTag": "contacts.Contact",
    "contacts.ContactAddress": "contacts.Contact",
    "contacts.ContactMerge": "none",
    "accounts.RoleGrant": "accounts.User",
    "accounts.UserSession": "mine",
    "accounts.Invitation": "accounts.User",
    "accounts.AccessRule": "companies.Company",
    "webhooks.Delivery": "webhooks.Webhook",
    "webhooks.Attempt": "webhooks.Delivery",
    "files.Attachment": "record",
    "chatter.Message": "record",
    "chatter.NoteVersion": "chatter.Message",
    "chatter.Follower": "chatter.Message",
    "chatter.Unsent": "mine",
    "notifications.NotificationChoice": "mine",
    "teams.FoldedColumn": "mine",
    "tickets.StageStay": "tickets.Ticket",
    "tickets.TicketLink": "tickets.Ticket",
    "intake.TeamAlias": "teams.Team",
    "closing.ClosingRules": "teams.Team",
    "workforce.WorkingHours": "workforce.WorkingCalendar",
    "workforce.CalendarDay": "workforce.WorkingCalendar",
}
#: Where what stands in a place comes to light: in lines of that kind, or ``pages``: as a part of pages that have lines
#: of their own. A new place says which; one for reports leads to ``report`` lines.
PLACES = {
    "search.searches": "search, palette",
    "search.actions": "action",
    "shell.apps": "menu",
    "tickets.mass_actions": "mass",
    "contacts.menu": "menu",
    "employees.menu": "menu",
    "helpdesk.menu": "menu",
    "settings.menu": "menu",
    "time_off.menu": "menu",
    "accounts.abilities": "pages",
    "accounts.preferences": "pages",
    "chatter.audiences": "pages",
    "chatter.buttons": "pages",
    "chatter.conversations": "pages",
    "chatter.message_marks": "pages",
    "chatter.sections": "pages",
    "chatter.wordings": "pages",
    "contacts.columns": "pages",
    "contacts.references": "pages",
    "contacts.smart_buttons": "pages",
    "files.rules": "pages",
    "mail.administrators": "pages",
    "mail.mailboxes": "pages",
    "mail.record_mails": "pages",
    "mail.standard_templates": "pages",
    "mail.template_kinds": "pages",
    "mail.wishes": "pages",
    "screens.asides": "pages",
    "settings.sections": "pages",
    "shell.tools": "pages",
    "teams.columns": "pages",
    "teams.options": "pages",
    "teams.smart_buttons": "pages",
    "teams.stage_uses": "pages",
    "tickets.badges": "pages",
    "tickets.columns": "pages",
    "tickets.header_buttons": "pages",
    "tickets.reply_rules": "pages",
    "tickets.smart_buttons": "pages",
    "tickets.tabs": "pages",
    "tickets.filters": "pages",
    "tickets.my_counts": "pages",
    "tickets.scores": "pages",
    "tickets.team_counts": "pages",
    "webhooks.facts": "pages",
}
LINES: list[Line] = []
