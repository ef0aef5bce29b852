"""Every page of the demo company, by day on a desk and by night on a phone: it answers, fits, and hinders nobody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import started_browser
from tests.browser.desk import Desk

PASSWORD = "nordlys-demo"
CUSTOMER = "siobhan@harbourview.example"
ADMIN, AGENT, OUTSIDER = "amara@nordlys.example", "jonas@nordlys.example", "sigrid@nordlys.example"
NOBODY = ""
#: Width, height and appearance in which each page is looked at.
VIEWS: list[tuple[int, int, Literal["light", "dark"]]] = [(1440, 900, "light"), (390, 844, "dark")]
PAGES = [
    (NOBODY, "/account/login/"),
    (NOBODY, "/account/password/reset/"),
    (NOBODY, "{link}"),
    (NOBODY, "/account/sign-up/sent/"),
    (CUSTOMER, "/my/"),
    (CUSTOMER, "/my/tickets/"),
    (CUSTOMER, "/my/tickets/?show=all&by=month"),
    (CUSTOMER, "/my/tickets/?q=nothing+has+this"),
    (CUSTOMER, "/my/tickets/{own_ticket}/"),
    (CUSTOMER, "/settings/preferences/"),
    (CUSTOMER, "/settings/preferences/addresses/new/"),
    (AGENT, "/my/tickets/"),
    (OUTSIDER, "/"),
    (AGENT, "/helpdesk/"),
    (ADMIN, "/helpdesk/?filter=followed"),
    (AGENT, "/helpdesk/daily-target/"),
    (AGENT, "/helpdesk/teams/{team}/board/"),
    (AGENT, "/helpdesk/tickets/"),
    (AGENT, "/helpdesk/tickets/?group=stage"),
    (AGENT, "/helpdesk/tickets/{ticket}/"),
    (AGENT, "/helpdesk/tickets/new/?team={team}"),
    (ADMIN, "/helpdesk/teams/{team}/board/"),
    (ADMIN, "/helpdesk/tickets/{ticket}/"),
    (ADMIN, "/helpdesk/teams/"),
    (ADMIN, "/helpdesk/teams/new/"),
    (ADMIN, "/helpdesk/teams/{team}/"),
    (ADMIN, "/helpdesk/stages/"),
    (ADMIN, "/helpdesk/stages/{stage}/"),
    (ADMIN, "/helpdesk/tags/"),
    (ADMIN, "/helpdesk/tags/new/"),
    (ADMIN, "/helpdesk/tags/{tag}/"),
    (ADMIN, "/contacts/"),
    (ADMIN, "/contacts/new/"),
    (ADMIN, "/contacts/import/"),
    (ADMIN, "/contacts/duplicates/"),
    (ADMIN, "/contacts/{person}/"),
    (ADMIN, "/contacts/{firm}/"),
    (AGENT, "/employees/"),
    (AGENT, "/employees/{employee}/"),
    (ADMIN, "/employees/{employee}/"),
    (ADMIN, "/employees/departments/"),
    (ADMIN, "/employees/calendars/"),
    (ADMIN, "/employees/calendars/new/"),
    (ADMIN, "/employees/calendars/{calendar}/"),
    (AGENT, "/time-off/"),
    (ADMIN, "/time-off/?year=2026"),
    (ADMIN, "/time-off/requests/"),
    (AGENT, "/time-off/requests/new/"),
    (ADMIN, "/time-off/requests/{time_off}/"),
    (ADMIN, "/time-off/types/"),
    (ADMIN, "/settings/"),
    (ADMIN, "/settings/companies/"),
    (ADMIN, "/settings/companies/{company}/"),
    (ADMIN, "/settings/users/"),
    (ADMIN, "/settings/users/new/"),
    (ADMIN, "/settings/users/{user}/"),
    (ADMIN, "/settings/preferences/"),
    (ADMIN, "/settings/roles/"),
    (ADMIN, "/settings/audit/"),
    (ADMIN, "/settings/sign-in-providers/"),
    (ADMIN, "/settings/sign-in-providers/new/"),
    (ADMIN, "/settings/sign-in-providers/{provider}/"),
    (ADMIN, "/settings/users/import/"),
    (ADMIN, "/account/two-factor/"),
    (ADMIN, "/account/two-factor/app/"),
    (ADMIN, "/account/two-factor/passkeys/new/"),
    (ADMIN, "/account/reauthenticate/"),
    (ADMIN, "/settings/preferences/address/"),
    (NOBODY, "/api/docs/"),
    (ADMIN, "/settings/preferences/keys/"),
    (ADMIN, "/settings/keys/"),
    (ADMIN, "/settings/keys/{key}/"),
    (ADMIN, "/settings/webhooks/"),
    (ADMIN, "/settings/webhooks/new/"),
    (ADMIN, "/settings/webhooks/{webhook}/"),
    (ADMIN, "/settings/webhooks/deliveries/{delivery}/"),
    (ADMIN, "/account/password/change/"),
    (ADMIN, "/account/logout/"),
    (ADMIN, "/mail/templates/"),
    (ADMIN, "/mail/templates/new/"),
    (ADMIN, "/mail/templates/{template}/"),
    (ADMIN, "/mail/incoming/"),
    (ADMIN, "/mail/incoming/{incoming}/"),
    (ADMIN, "/mail/outgoing/"),
    (ADMIN, "/mail/outgoing/{outgoing}/"),
    (ADMIN, "/mail/outgoing-servers/"),
    (ADMIN, "/mail/outgoing-servers/new/"),
    (ADMIN, "/mail/outgoing-servers/{outgoing_server}/"),
    (ADMIN, "/mail/incoming-servers/"),
    (ADMIN, "/mail/incoming-servers/new/"),
    (ADMIN, "/mail/incoming-servers/{incoming_server}/"),
    (ADMIN, "/activities/"),
    (ADMIN, "/activities/of/{kind}/"),
    (ADMIN, "/notifications/"),
    (ADMIN, "/notifications/ways/"),
    (ADMIN, "/chatter/canned-responses/"),
    (ADMIN, "/chatter/canned-responses/{canned}/"),
]
KEYS = """
import json
from deskhand.base.accounts.models import IdentityProvider
from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import CannedText, Sharing, save_canned
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.records import content_type_id
from deskhand.base.keys.models import ApiKey
from deskhand.base.webhooks.models import Delivery, Webhook
from deskhand.base.mail.models import IncomingMail, IncomingServer, MailTemplate, OutgoingMail, OutgoingServer
from deskhand.base.workforce.public import Employee, TimeOff, WorkingCalendar
from deskhand.kit.clock import now
from deskhand.support.teams.public import Stage, Tag, Team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.public import make_link_token
first = lambda rows: rows.order_by("pk").first()
team = Team.objects.get(name="Customer Care")
ticket = first(Ticket.objects.filter(team=team, stage__is_folded=False).exclude(tags=None))
link = make_link_token(ticket.pk, ticket.customer_id, at=now())
own = Ticket.objects.own_of(User.objects.get(email="siobhan@harbourview.example"))
rows = {
    "own_ticket": first(own), "team": team, "ticket": ticket, "stage": first(Stage.objects), "tag": first(Tag.objects),
    "person": first(Contact.objects.exclude(parent=None)), "firm": first(Contact.objects.filter(is_company=True)),
    "company": first(Company.objects), "user": User.objects.get(email="jonas@nordlys.example"),
    "template": first(MailTemplate.objects), "incoming": first(IncomingMail.objects),
    "employee": Employee.objects.get(user__email="jonas@nordlys.example"),
    "calendar": WorkingCalendar.objects.get(has_two_weeks=True),
    "time_off": first(TimeOff.objects.filter(state="requested")),
    "outgoing_server": first(OutgoingServer.objects), "incoming_server": first(IncomingServer.objects),
    "outgoing": first(OutgoingMail.objects), "key": first(ApiKey.objects),
    "provider": first(IdentityProvider.objects),
    "webhook": first(Webhook.objects), "delivery": first(Delivery.objects),
}
canned = save_canned(CannedText("seen", "x", Sharing.ALL), by=rows["user"])
more = {"link": f"/t/{link}/", "kind": content_type_id(Ticket), "canned": canned.pk}
print(json.dumps({name: row.pk for name, row in rows.items()} | more))
"""
#: What sticks out of the page to the right, if anything does.
STICKS_OUT = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > room + 1)
    .map((element) => element.outerHTML.slice(0, 120));
}
"""


@pytest.fixture
def desk(demo_desk: Desk) -> Desk:
    return demo_desk


@pytest.fixture(scope="session")
def keys(demo_desk: Desk) -> dict[str, Any]:
    """The records whose pages are looked at."""
    found: dict[str, Any] = json.loads(demo_desk.shell(KEYS))
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all pages: starting it takes longer than looking at a page."""
    with started_browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Cookies of who signed in already."""
    return {}


@pytest.fixture
def cookies_of(desk: Desk, browser: Browser, sessions: dict[str, Any]) -> Callable[[str], Any]:
    def find(email: str) -> Any:
        if email and email not in sessions:
            page = browser.new_page(base_url=desk.url)
            desk.sign_in(page, email, PASSWORD)
            sessions[email] = page.context.storage_state()
            page.context.close()
        return sessions.get(email)

    return find


@pytest.mark.parametrize(
    ("who", "path"), PAGES, ids=[f"{who.partition('@')[0] or 'anybody'}:{path}" for who, path in PAGES]
)
def test_page(
    new_page: Callable[..., Page],
    cookies_of: Callable[[str], Any],
    keys: dict[str, Any],
    violations: Callable[[Page], list[str]],
    who: str,
    path: str,
) -> None:
    page = new_page(storage_state=cookies_of(who))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    for width, height, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        response = page.goto(path.format(**keys))

        assert response is not None
        assert response.status == 200
        assert "/account/login/" not in page.url or path == "/account/login/"
        assert page.evaluate(STICKS_OUT) == []
        assert violations(page) == []
    assert said == []
