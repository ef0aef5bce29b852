"""The pages. All that a worker needs to know of addresses, which is what it writes into mails."""

from __future__ import annotations

from django.urls import include, path

from deskhand.kit.ui.pages.tools import counts

urlpatterns = [
    path("tools/counts/", counts, name="tool-counts"),
    path("", include("deskhand.home.pages.urls")),
    path("account/", include("deskhand.base.accounts.pages.sign_in_urls")),
    path("lists/", include("deskhand.kit.screens.urls")),
    path("settings/", include("deskhand.base.companies.pages.urls")),
    path("settings/", include("deskhand.base.accounts.pages.urls")),
    path("settings/", include("deskhand.base.keys.pages.urls")),
    path("settings/", include("deskhand.base.webhooks.pages.urls")),
    path("contacts/", include("deskhand.base.contacts.pages.urls")),
    path("runs/", include("deskhand.kit.screens.runs.urls")),
    path("imports/", include("deskhand.kit.screens.imports.urls")),
    path("files/", include("deskhand.base.files.pages.urls")),
    path("chatter/", include("deskhand.base.chatter.pages.urls")),
    path("activities/", include("deskhand.base.activities.pages.urls")),
    path("notifications/", include("deskhand.base.notifications.pages.urls")),
    path("mail/", include("deskhand.base.mail.pages.urls")),
    path("helpdesk/", include("deskhand.support.teams.pages.urls")),
    path("helpdesk/", include("deskhand.support.tickets.pages.urls")),
    path("helpdesk/", include("deskhand.support.intake.pages.urls")),
    path("helpdesk/", include("deskhand.support.closing.pages.urls")),
    path("", include("deskhand.base.workforce.pages.urls")),
    path("", include("deskhand.portal.pages.urls")),
]
