"""What holds for every answer and every table of the house, whoever adds the next one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CASCADE
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.testing import PASSWORD, make_admin, make_agent, make_settings_admin
from deskhand.support.tickets.testing import make_ticket

#: What may go with what it belongs to: rows that say how something is set up or who is told, never what somebody wrote.
GO_ALONG = {
    "account.EmailAddress", "account.EmailConfirmation", "accounts.AccessRule", "accounts.Invitation",
    "accounts.RoleGrant", "accounts.UserSession", "mfa.Authenticator", "socialaccount.SocialAccount",
    "socialaccount.SocialToken", "auth.Permission", "chatter.Follower",
    "closing.ClosingRules", "companies.Counter", "intake.TeamAlias", "teams.FoldedColumn", "tickets.StageStay",
    "tickets.TicketLink", "keys.ApiKey", "kit_runs.Run", "kit_runs.Step", "workforce.CalendarDay",
    "workforce.WorkingHours", "kit_imports.Import", "kit_screens.ColumnChoice", "kit_screens.Favorite",
    "contacts.ContactAddress", "contacts.ContactDistinction", "home.DailyTarget",
    "notifications.Notification", "notifications.NotificationChoice", "webhooks.Attempt", "webhooks.Delivery",
    "mail.PassedMessage",
}  # fmt: skip


def test_nothing_that_anybody_wrote_is_deleted_by_a_cascade() -> None:
    cascading = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(getattr(field, "remote_field", None), "on_delete", None) is CASCADE
    }

    assert cascading <= GO_ALONG, cascading - GO_ALONG


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/nothing/", "/helpdesk/", "/healthz", "/t/wrong/", "/?q=%00"])
def test_every_answer_says_what_a_page_may_do(client: Client, path: str) -> None:
    answer = client.get(path)

    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "'unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_mistake_of_ours_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_agent())
    monkeypatch.setattr("deskhand.home.pages.overview.team_cards", lambda user, teams: 1 / 0)

    answer = client.get("/helpdesk/")

    assert answer.status_code == 500
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "ZeroDivisionError" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_no_other_site_makes_a_browser_write(method: str) -> None:
    ticket = make_ticket()
    admin = make_settings_admin(ticket.company)
    admin.role_grants.create(app="helpdesk", role=2)
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    pages = [
        "/account/logout/", "/settings/", "/settings/users/new/", f"/settings/users/{admin.pk}/password/",
        "/contacts/quick/", "/contacts/new/", "/helpdesk/tags/options/", f"/helpdesk/teams/{ticket.team_id}/",
        f"/helpdesk/tickets/{ticket.pk}/", f"/helpdesk/tickets/{ticket.pk}/stage/",
        f"/helpdesk/tickets/{ticket.pk}/messages/", f"/helpdesk/tickets/{ticket.pk}/followers/1/",
        f"/helpdesk/tickets/{ticket.pk}/closure/", "/mail/templates/new/", "/mail/templates/preview/ticket/", "/t/x/",
    ]  # fmt: skip

    answers = {page: client.generic(method, page).status_code for page in pages}

    assert set(answers.values()) == {403}, answers


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\x"])
def test_the_sign_in_leads_to_no_other_site(client: Client, target: str) -> None:
    user = make_admin()

    answer = client.post(f"{reverse('account_login')}?next={target}", {"login": user.email, "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_no_script_reads_the_cookie_of_a_session(client: Client) -> None:
    user = make_admin()

    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
