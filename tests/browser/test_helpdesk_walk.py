"""The page *Helpdesk* of the specification, from *Create a Helpdesk team* to *Follow all team's tickets*, click by
click under the names that it gives (TEAM-1 to TEAM-9), and what people see of it on pages that are open meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk

NewPage = Callable[..., Page]
_numbers = count(1)

MAKE_PEOPLE = """
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
company = make_company(name="{name} AS", alias_domain="{name}.example")
elsewhere = make_company(name="{name} Second AS")
admin = make_admin(company, email="{name}-amara@desk.example", name="Amara Okafor")
admin.companies.add(elsewhere)
make_agent(company, email="{name}-jonas@desk.example", name="Jonas Weber")
make_agent(company, email="{name}-chiara@desk.example", name="Chiara Esposito")
make_contact(company=company, name="Lagerhaus Hansestadt Bremen", email="{name}-lager@kunde.example")
make_portal_user(company, email="{name}-portal@kunde.example", name="Petra Portal")
"""


class Cast:
    """People of a company of their own, each with a page."""

    def __init__(self, desk: Desk, new_page: NewPage, name: str) -> None:
        self.desk, self._new_page, self.name = desk, new_page, name
        desk.shell(MAKE_PEOPLE.format(name=name))

    def page_of(self, person: str) -> Page:
        page = self._new_page()
        self.desk.sign_in(page, f"{self.name}-{person}@desk.example")
        return page

    def make_team(self, **fields: str) -> int:
        """A team by its service, with one ticket called *Invoice 4711*."""
        return int(self.desk.shell(MAKE_TEAM.format(name=self.name, fields=fields)))


MAKE_TEAM = """
from deskhand.base.companies.public import Company
from deskhand.support.teams.public import TeamSettings, create_team
from deskhand.support.tickets.testing import make_ticket
company = Company.objects.get(name="{name} AS")
team = create_team(TeamSettings(company=company, **{fields}))
make_ticket(team=team, title="Invoice 4711")
print(team.pk)
"""


@pytest.fixture
def cast(desk: Desk, new_page: NewPage, request: pytest.FixtureRequest) -> Cast:
    words = re.sub(r"[^a-z]+", "-", request.node.name.removeprefix("test_").lower())[:20].strip("-")
    return Cast(desk, new_page, f"{words}-{next(_numbers)}")


def menu(page: Page, drop_down: str, entry: str) -> None:
    """Helpdesk app → a drop-down of its menu → an entry."""
    page.goto("/helpdesk/")
    bar = page.get_by_role("navigation", name="Helpdesk")
    bar.get_by_text(drop_down, exact=True).click()
    bar.get_by_role("link", name=entry, exact=True).click()


def save(page: Page) -> None:
    """The page comes back, saved or with what it has to say."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Save")).first.click()


def remove_portal_users(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and remove portal users").click()


def follow(page: Page, name: str, address: str) -> None:
    """Select a name from *Followers*, in *Follow All Team's Tickets*; namesakes are told apart by their address."""
    page.get_by_placeholder("Followers…").fill(address)
    page.get_by_role("listbox").get_by_role("option", name=re.compile(name)).click()
    expect(followers(page)).to_contain_text(name)


def followers(page: Page) -> Locator:
    """The names that are chosen."""
    return page.locator("dh-tag-picker .dh-picker")


def tile(page: Page, label: str) -> Locator:
    return page.locator("#my-performance a, [aria-labelledby=my-tickets] a").filter(has_text=label)


def test_create_a_helpdesk_team(cast: Cast) -> None:
    """TEAM-1: Helpdesk app → Configuration → Helpdesk Teams, New, Name, the description below it, Company."""
    page = cast.page_of("amara")
    menu(page, "Configuration", "Helpdesk Teams")
    expect(page.get_by_role("heading", name="Helpdesk Teams")).to_be_visible()
    page.get_by_role("link", name="New", exact=True).first.click()

    page.get_by_label("Name", exact=True).fill("Customer Support")
    page.get_by_label("Description").fill("Shipping and products: write to us.")
    expect(page.get_by_text("Shown to customers on the website form.")).to_be_visible()
    expect(page.get_by_label("Company", exact=True).locator("option")).to_have_text(
        [f"{cast.name} AS", f"{cast.name} Second AS"]
    )
    public = page.get_by_label("Invited portal users and all internal users (public)")
    expect(public).to_be_checked()
    expect(page.get_by_label("Invited internal users (private)")).to_be_visible()
    expect(page.get_by_label("All internal users (company)")).to_be_visible()
    save(page)

    # Its page has sections by their names, and a pipeline (TEAM-7): the last two stages are folded.
    expect(page.get_by_role("heading", name="Customer Support")).to_be_visible()
    expect(page.get_by_role("heading", name="Visibility & Assignment")).to_be_visible()
    expect(page.get_by_text("Follow All Team's Tickets")).to_be_visible()
    stages = page.locator(".dh-pipeline > li")
    expect(stages).to_have_count(5)
    for place, name in enumerate(["New", "In Progress", "On Hold", "Solved", "Cancelled"]):
        expect(stages.nth(place)).to_contain_text(name)
    expect(stages.filter(has=page.get_by_label(re.compile("^Folded")))).to_have_count(2)

    # It stands on the overview, and changes company as long as it has no tickets (TEAM-9).
    page.goto("/helpdesk/")
    card = page.get_by_role("article", name="Customer Support")
    expect(card).to_contain_text(f"customer-support@{cast.name}.example")
    menu(page, "Configuration", "Helpdesk Teams")
    page.get_by_role("link", name="Customer Support").first.click()
    page.get_by_label("Company", exact=True).select_option(label=f"{cast.name} Second AS")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Company", exact=True)).to_have_value(re.compile(r"\d+"))
    expect(page.get_by_label("Company", exact=True).locator("option:checked")).to_have_text(f"{cast.name} Second AS")


def test_visibility_private_shows_colleagues_what_they_follow(cast: Cast) -> None:
    """TEAM-3, TEAM-6: the team is seen, its tickets only by followers; who follows no more loses the page at once."""
    team = cast.make_team(name="Financial Services")
    amara, jonas = cast.page_of("amara"), cast.page_of("jonas")
    jonas.goto(f"/helpdesk/teams/{team}/board/")
    expect(jonas.locator(".dh-card", has_text="Invoice 4711")).to_be_visible()

    amara.goto(f"/helpdesk/teams/{team}/")
    amara.get_by_label("Invited internal users (private)").check()
    save(amara)
    remove_portal_users(amara)
    expect(amara.get_by_text("Saved.")).to_be_visible()
    expect(jonas.locator(".dh-card")).to_have_count(0)

    # Invited by following the team: all of its tickets.
    follow(amara, "Jonas Weber", f"{cast.name}-jonas@")
    save(amara)
    expect(amara.get_by_text("Saved.")).to_be_visible()
    jonas.reload()
    jonas.locator(".dh-card", has_text="Invoice 4711").locator("h3 a").click()
    expect(jonas.get_by_role("heading", name=re.compile("Invoice 4711")).first).to_be_attached()

    # Not invited any more: the open page of the ticket goes.
    followers(amara).get_by_role("button", name="Remove Jonas Weber").click()
    save(amara)
    expect(amara.get_by_text("Saved.")).to_be_visible()
    expect(jonas.locator("body")).not_to_contain_text("Invoice 4711", timeout=15_000)
    expect(jonas.get_by_role("heading", name="This page does not exist")).to_be_visible()


def test_leaving_public_warns_whom_it_removes(cast: Cast) -> None:
    """TEAM-4: portal users are removed as followers, after a warning that says so."""
    team = cast.make_team(name="Customer Support")
    page = cast.page_of("amara")
    page.goto(f"/helpdesk/teams/{team}/")
    follow(page, "Petra Portal", f"{cast.name}-portal@")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.get_by_label("All internal users (company)").check()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Petra Portal")
    page.get_by_role("link", name="Discard").first.click()
    expect(page.get_by_label("Invited portal users and all internal users (public)")).to_be_checked()
    expect(followers(page)).to_contain_text("Petra Portal")

    page.get_by_label("All internal users (company)").check()
    save(page)
    remove_portal_users(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("All internal users (company)")).to_be_checked()
    expect(followers(page)).not_to_contain_text("Petra Portal")


def test_follow_all_teams_tickets(cast: Cast) -> None:
    """TEAM-5: several followers, external contacts too; all are told, and nobody outside opens what is private."""
    team = cast.make_team(name="Financial Services", visibility="private")
    page = cast.page_of("amara")
    menu(page, "Configuration", "Helpdesk Teams")
    page.get_by_role("link", name="Financial Services").first.click()
    follow(page, "Amara Okafor", f"{cast.name}-amara@")
    follow(page, "Lagerhaus Hansestadt Bremen", f"{cast.name}-lager@")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(followers(page)).to_contain_text("Lagerhaus Hansestadt Bremen")

    page.goto(f"/helpdesk/teams/{team}/board/")
    page.locator(".dh-card", has_text="Invoice 4711").locator("h3 a").click()
    page.locator("#message-body").fill("The credit note is on its way.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#feed")).to_contain_text("The credit note is on its way.")
    mail = cast.desk.sink.wait_for(to=f"{cast.name}-lager@kunde.example")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "The credit note is on its way." in body.get_content()
    assert "/t/" not in body.get_content()


def test_the_overview_counts_by_itself_and_keeps_a_target(cast: Cast) -> None:
    """TEAM-8: numbers lead to what they count, change while one looks, and the daily target is edited in place."""
    team = cast.make_team(name="Customer Care")
    amara, jonas = cast.page_of("amara"), cast.page_of("jonas")
    amara.goto("/helpdesk/")
    card = amara.get_by_role("article", name="Customer Care")
    expect(card.get_by_role("link", name=re.compile("Unassigned"))).to_contain_text("1")

    amara.get_by_role("link", name="Change my daily target").click()
    amara.get_by_label("Daily target", exact=True).fill("0")
    amara.get_by_label("Daily target", exact=True).press("Enter")
    expect(amara.get_by_text("Enter 1 or more, or nothing for no target.")).to_be_visible()
    amara.get_by_label("Daily target", exact=True).fill("4")
    amara.locator("#daily-target").get_by_role("button", name="Save").click()
    expect(amara.get_by_text("Daily target: 4 closed")).to_be_visible()

    jonas.goto(f"/helpdesk/teams/{team}/board/")
    jonas.get_by_label("Quick create in New").click()
    jonas.get_by_label("Title").fill("Oven stays cold")
    jonas.get_by_role("button", name="Add").click()
    expect(card.get_by_role("link", name=re.compile("Open"))).to_contain_text("2")

    cast.desk.shell(CLOSE_FOR_AMARA.format(name=cast.name))
    amara.reload()
    expect(tile(amara, "Closed today")).to_contain_text("1 of 4")
    tile(amara, "Closed today").click()
    expect(amara.locator("tr.rec")).to_have_count(1)
    expect(amara.locator("tr.rec")).to_contain_text("Invoice 4711")


CLOSE_FOR_AMARA = """
from deskhand.base.accounts.public import User
from deskhand.kit.clock import now
from deskhand.support.closing.public import close_ticket
from deskhand.support.tickets.public import Ticket, assign_ticket
amara = User.objects.get(email="{name}-amara@desk.example")
ticket = Ticket.objects.get(title="Invoice 4711", company=amara.company)
assign_ticket(ticket.pk, amara, by=amara, at=now())
close_ticket(ticket.pk, by=amara, at=now())
"""


@pytest.mark.parametrize("place", ["team", "contact", "user"])
def test_who_else_looks_is_shown_on_teams_contacts_and_users(cast: Cast, place: str) -> None:
    team = cast.make_team(name="Customer Care")
    found = cast.desk.shell(ADDRESSES.format(name=cast.name, team=team)).split()
    address = dict(zip(["team", "contact", "user"], found, strict=True))[place]
    amara, other = cast.page_of("amara"), cast.page_of("boss")
    amara.goto(address)
    other.goto(address)

    expect(amara.get_by_text("Berit Boss is also looking at this")).to_be_visible()
    expect(other.get_by_text("Amara Okafor is also looking at this")).to_be_visible()
    other.goto("/helpdesk/")
    expect(amara.get_by_text("is also looking at this")).to_have_count(0)


ADDRESSES = """
from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin
from deskhand.base.contacts.public import Contact
amara = User.objects.get(email="{name}-amara@desk.example")
boss = make_admin(amara.company, email="{name}-boss@desk.example", name="Berit Boss")
for user in (amara, boss):
    user.role_grants.create(app="settings", role=2)
contact = Contact.objects.get(email="{name}-lager@kunde.example")
jonas = User.objects.get(email="{name}-jonas@desk.example")
print("/helpdesk/teams/{team}/", f"/contacts/{{contact.pk}}/", f"/settings/users/{{jonas.pk}}/")
"""


def test_a_team_is_duplicated_archived_restored_and_deleted(cast: Cast) -> None:
    """TEAM-1: what has tickets is kept, in a sentence."""
    team = cast.make_team(name="Customer Care")
    page = cast.page_of("amara")

    def act(name: str) -> None:
        page.wait_for_load_state()  # before, nothing asks whether one is sure
        page.get_by_label("Actions").first.click()
        page.locator("details[open] .dh-menu-pop").get_by_role("button", name=name, exact=True).click()
        if name in {"Archive", "Delete"}:
            page.locator("#dh-confirm").get_by_role("button", name=name).click()

    page.goto(f"/helpdesk/teams/{team}/")
    act("Delete")
    expect(page.get_by_text("This team has tickets, and tickets are kept.")).to_be_visible()
    act("Archive")
    expect(page.get_by_text("mail to its address is refused, and its tickets stay as they are")).to_be_visible()
    act("Unarchive")
    expect(page.get_by_text("is back in the lists")).to_be_visible()
    act("Duplicate")
    expect(page.get_by_role("heading", name="Customer Care (copy)")).to_be_visible()
    act("Delete")
    expect(page.get_by_text("“Customer Care (copy)” is deleted.")).to_be_visible()


def test_two_people_on_one_team_are_told_of_each_other(cast: Cast) -> None:
    team = cast.make_team(name="Customer Care")
    one, two = cast.page_of("amara"), cast.page_of("amara")
    for page in (one, two):
        page.goto(f"/helpdesk/teams/{team}/")
    one.get_by_label("Name", exact=True).fill("Customer Care Nord")
    save(one)
    expect(one.get_by_text("Saved.")).to_be_visible()

    two.get_by_label("Description").fill("Write to us")
    save(two)

    expect(two.get_by_text("Meanwhile: Customer Care Nord", exact=True)).to_be_visible()
    expect(two.get_by_label("Description")).to_have_value("Write to us")


def mail_from(sender: str, to: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Where is my parcel?"
    mail["Message-ID"] = make_msgid(domain="kunde.example")
    mail.set_content("It should have come on Monday.")
    return mail


def test_a_follower_of_the_team_is_told_of_what_customers_write(cast: Cast) -> None:
    """TEAM-5: every update of every ticket, also of one that a mail makes."""
    cast.make_team(name="Parcels")
    page = cast.page_of("amara")
    menu(page, "Configuration", "Helpdesk Teams")
    page.get_by_role("link", name="Parcels").first.click()
    follow(page, "Chiara Esposito", f"{cast.name}-chiara@")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()

    alias = f"parcels@{cast.name}.example"
    sender = f"{cast.name}-olena@kunde.example"
    cast.desk.send_mail(mail_from(sender, alias), to=alias, sender=sender)

    mail = cast.desk.sink.wait_for(to=f"{cast.name}-chiara@desk.example")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "It should have come on Monday." in body.get_content()
    assert "/helpdesk/tickets/" in body.get_content()
