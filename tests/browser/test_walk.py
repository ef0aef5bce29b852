"""The main job, end to end, nothing faked: a customer's mail becomes a ticket, is worked on, answered, and closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

NewPage = Callable[..., Page]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

MAKE_TEAM = """
from deskhand.base.accounts.testing import make_admin, make_agent
from deskhand.base.companies.public import Company
from deskhand.support.intake.models import TeamAlias
from deskhand.support.teams.public import TeamSettings, create_team
from deskhand.base.companies.testing import make_company
company = Company.objects.filter(name="Walk AS").first() or make_company(name="Walk AS", alias_domain="walk.example")
admin = make_admin(company, email="{name}-amara@desk.example", name="Amara Okafor")
make_agent(company, email="{name}-jonas@desk.example", name="Jonas Weber")
team = create_team(TeamSettings(name="{name}", company=company))
print(team.pk, TeamAlias.objects.get(team=team).address)
"""


@pytest.fixture
def team(desk: Desk, request: pytest.FixtureRequest) -> tuple[int, str]:
    """A team of its own for each test: its id and its mail address."""
    name = re.sub(r"[^a-z]+", "-", request.node.name.removeprefix("test_").lower())[:30].strip("-")
    pk, address = desk.shell(MAKE_TEAM.format(name=name)).split()
    return int(pk), address


@pytest.fixture
def customer_address(team: tuple[int, str]) -> str:
    """A customer of its own for each test: what the sink holds for another test's customer is not taken for ours."""
    return f"olena.{team[1].partition('@')[0]}@kunde.example"


def first_mail(to: str, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Olena Shevchenko <{sender}>"
    mail["To"] = to
    mail["Subject"] = "Ofen: Display bleibt dunkel"
    mail["Message-ID"] = make_msgid(domain="kunde.example")
    mail.set_content("Guten Tag,\nseit gestern bleibt das Display dunkel.\n")
    mail.add_alternative(
        "<p>Guten Tag,</p><p>seit gestern bleibt das <b>Display</b> dunkel.</p><img src='cid:plate@kunde.example'>",
        subtype="html",
    )
    html = mail.get_payload()[1]  # type: ignore[index]
    html.add_related(PNG, "image", "png", cid="<plate@kunde.example>", filename="typenschild.png")  # type: ignore[union-attr]
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="Fehlerprotokoll.pdf")
    return mail


def answer_from_outlook(to: EmailMessage, sender: str) -> EmailMessage:
    """A reply as another mail client writes it: on top, with a header block above the quote."""
    mail = EmailMessage()
    mail["From"] = f"Olena Shevchenko <{sender}>"
    mail["To"] = to["Reply-To"] or to["From"]
    mail["Subject"] = f"AW: {to['Subject']}"
    mail["Message-ID"] = make_msgid(domain="kunde.example")
    mail["In-Reply-To"] = to["Message-ID"]
    mail["References"] = f"{to['References'] or ''} {to['Message-ID']}".strip()
    mail.set_content(
        "Die Sicherung ist drin, das Display bleibt dunkel.\n\n"
        "Von: Walk AS <walk@walk.example>\nGesendet: Montag, 16. November 2026 10:12\n"
        f"An: Olena Shevchenko <{sender}>\nBetreff: {to['Subject']}\n\n"
        "Bitte prüfen Sie die Sicherung im Schaltschrank.\n"
    )
    return mail


def link_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+/t/[\w-]+/?", body.get_content())
    assert found, body.get_content()
    return found[0]


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def test_a_mail_becomes_a_ticket_is_answered_and_closed(
    desk: Desk, new_page: NewPage, team: tuple[int, str], customer_address: str
) -> None:
    team_pk, address = team
    prefix = address.partition("@")[0]
    agent = new_page()
    desk.sign_in(agent, f"{prefix}-amara@desk.example")
    agent.goto(f"/helpdesk/teams/{team_pk}/board/")
    board = agent.locator("#board")
    expect(board.get_by_text("Ofen: Display bleibt dunkel")).to_have_count(0)

    # A real mail with an inline picture and a PDF: the ticket appears on the open board without reload.
    desk.send_mail(first_mail(address, customer_address), to=address, sender=customer_address)
    card = board.locator(".dh-card", has_text="Ofen: Display bleibt dunkel")
    expect(card).to_be_visible(timeout=15_000)

    # The customer gets the acknowledgment and opens View the ticket without an account.
    acknowledgment = desk.sink.wait_for(to=customer_address)
    assert "View the ticket" in html_of(acknowledgment)
    assert str(acknowledgment["Auto-Submitted"]).startswith("auto-")
    customer = new_page()
    customer.goto(link_in(acknowledgment))
    expect(customer.get_by_role("heading", name="Ofen: Display bleibt dunkel")).to_be_visible()
    expect(customer.get_by_text("Fehlerprotokoll.pdf")).to_be_visible()
    picture = customer.locator(".dh-letter img").first
    expect(picture).to_be_visible()
    expect(picture).not_to_have_js_property("naturalWidth", 0)

    # An agent answers from the ticket page.
    card.locator("h3 a").click()
    expect(agent.get_by_role("tab", name="Send message")).to_be_visible()
    expect(agent.locator("#write-message .to")).to_contain_text("Olena Shevchenko")
    agent.locator("#message-body").fill("Bitte prüfen Sie die Sicherung im Schaltschrank.")
    agent.get_by_role("button", name="Send", exact=True).click()
    expect(agent.locator("#feed")).to_contain_text("Bitte prüfen Sie die Sicherung")
    answer = desk.sink.wait_for(to=customer_address, which=lambda mail: "Sicherung" in html_of(mail))
    assert acknowledgment["Message-ID"] in answer["References"]

    # The customer's reply joins the ticket, live, with the quote folded.
    reply_address = re.sub(r".*<|>.*", "", str(answer["Reply-To"]))
    desk.send_mail(answer_from_outlook(answer, customer_address), to=reply_address, sender=customer_address)
    reply = agent.locator(".dh-msg", has_text="Die Sicherung ist drin")
    expect(reply).to_be_visible(timeout=15_000)
    expect(reply.locator("details.dh-quoted")).not_to_have_attribute("open", "")
    expect(reply.locator(".dh-text").first).not_to_contain_text("Bitte prüfen Sie")

    # The agent drags the card to Solved, which is folded: the ticket is closed, and its customer sees so.
    agent.goto(f"/helpdesk/teams/{team_pk}/board/")
    agent.locator(".dh-card", has_text="Ofen").drag_to(agent.locator(".dh-fold", has_text="Solved"))
    expect(agent.locator(".dh-fold", has_text="Solved")).to_contain_text("1")
    expect(agent.locator(".dh-card", has_text="Ofen")).to_have_count(0)
    customer.reload()
    expect(customer.get_by_text("Closed: Solved")).to_be_visible()


def test_a_stranger_with_a_wrong_link_gets_404(desk: Desk, page: Page) -> None:
    response = page.goto("/t/aGVsbG8gd29ybGQgdGhpcyBpcyBub3QgYSB0b2tlbg/")

    assert response is not None
    assert response.status == 404
    expect(page.locator("body")).not_to_contain_text("Traceback")


def test_the_customer_answers_on_the_link_page_with_a_file(
    desk: Desk, new_page: NewPage, team: tuple[int, str]
) -> None:
    _, address = team
    sender = "jose@kunde.example"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"José Ángel <{sender}>", address, "Batidora"
    mail["Message-ID"] = make_msgid(domain="kunde.example")
    mail.set_content("No arranca.")
    desk.send_mail(mail, to=address, sender=sender)
    acknowledgment = desk.sink.wait_for(to=sender)

    customer = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    customer.goto(link_in(acknowledgment))
    customer.locator("textarea").fill("Adjunto la foto.")
    customer.locator("input[type=file]").set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": PNG})
    customer.get_by_role("button", name="Send reply").click()

    expect(customer.get_by_text("Your answer was sent.")).to_be_visible()
    expect(customer.locator(".dh-letters")).to_contain_text("Adjunto la foto.")
    expect(customer.get_by_text("foto.png")).to_be_visible()


def test_a_mail_that_arrives_while_the_worker_is_down_is_there_when_it_comes_back(
    desk: Desk, new_page: NewPage, team: tuple[int, str], customer_address: str
) -> None:
    team_pk, address = team
    agent = new_page()
    desk.sign_in(agent, f"{address.partition('@')[0]}-amara@desk.example")
    agent.goto(f"/helpdesk/teams/{team_pk}/board/")
    desk.stop_worker()
    try:
        desk.send_mail(first_mail(address, customer_address), to=address, sender=customer_address)
        agent.wait_for_timeout(1_500)
        expect(agent.locator(".dh-card")).to_have_count(0)
    finally:
        desk.start_worker()

    expect(agent.locator(".dh-card", has_text="Ofen")).to_be_visible(timeout=90_000)


def test_two_agents_see_each_others_moves_and_cards_go_by_keyboard(
    desk: Desk, new_page: NewPage, team: tuple[int, str]
) -> None:
    team_pk, address = team
    prefix = address.partition("@")[0]
    amara, jonas = new_page(), new_page()
    for page, name in ((amara, "amara"), (jonas, "jonas")):
        desk.sign_in(page, f"{prefix}-{name}@desk.example")
        page.goto(f"/helpdesk/teams/{team_pk}/board/")

    amara.get_by_label("Quick create in New").click()
    amara.get_by_label("Title").fill("Türdichtung: Liefertermin?")
    amara.get_by_role("button", name="Add").click()
    expect(jonas.locator(".dh-card", has_text="Türdichtung")).to_be_visible()

    card = amara.locator(".dh-card", has_text="Türdichtung")
    card.focus()
    for key in ("Space", "ArrowRight", "Space"):
        amara.keyboard.press(key)
    moved = jonas.locator(".dh-col", has=jonas.get_by_role("heading", name="In Progress")).locator(".dh-card")
    expect(moved).to_contain_text("Türdichtung")

    jonas.locator(".dh-card", has_text="Türdichtung").get_by_role("button", name="Urgent").click()
    expect(amara.locator(".dh-card", has_text="Türdichtung").get_by_label("Priority: Urgent")).to_be_visible()


def test_folding_a_stage_from_its_gear_closes_its_tickets(desk: Desk, page: Page, team: tuple[int, str]) -> None:
    """CLOSE-1, click by click: gear, Edit, Folded in Kanban, Save & Close; Fold only hides."""
    team_pk, address = team
    desk.sign_in(page, f"{address.partition('@')[0]}-amara@desk.example")
    page.goto(f"/helpdesk/teams/{team_pk}/board/")
    page.get_by_label("Quick create in On Hold").click()
    page.get_by_label("Title").fill("Waiting for parts")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".dh-card", has_text="Waiting for parts")).to_be_visible()

    page.get_by_label("Settings of stage On Hold").click()
    page.locator("details[open] .dh-menu-pop").get_by_role("button", name="Edit").click()
    page.get_by_label("Folded in Kanban").check()
    page.get_by_role("button", name="Save & Close").click()

    narrow = page.locator(".dh-fold", has_text="On Hold")
    expect(narrow).to_contain_text("1")
    narrow.click()
    page.locator(".dh-card", has_text="Waiting for parts").locator("h3 a").click()
    expect(page.get_by_text("Closed on")).to_be_visible()
