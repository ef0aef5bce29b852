"""The customer's page behind the personal link (IN-6, CLOSE-3): what it shows, takes, and keeps to itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import SignUp, User, allow_sign_up, grant_portal_access
from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Draft, Message, Via
from deskhand.base.files.public import store_bytes
from deskhand.kit.clock import now
from deskhand.support.closing.public import OnReply, close_ticket, set_customer_closing, set_reply_rule
from deskhand.support.teams.public import Team, Visibility, archive_team
from deskhand.support.tickets.public import Channel, Ticket, make_link_token, note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def ticket() -> Ticket:
    return make_ticket(title="Ofen bleibt dunkel")


@pytest.fixture
def token(ticket: Ticket) -> str:
    return make_link_token(ticket.pk, ticket.customer_id, at=now())


def page(token: str, door: str = "ticket", *args: object) -> str:
    return reverse(f"portal:{door}", args=[token, *args])


def test_the_customer_reads_messages_but_no_notes(ticket, token):
    agent = make_agent(ticket.company, name="Amara Okafor")
    reply_to_ticket(ticket.pk, make_draft("Bitte prüfen", author=agent.contact, from_internal=True), at=now())
    note_on_ticket(ticket.pk, make_draft("secret of ours", author=agent.contact, from_internal=True), at=now())

    shown = Client().get(page(token)).content.decode()

    assert "Ofen bleibt dunkel" in shown
    assert "Bitte prüfen" in shown
    assert "Amara Okafor" in shown
    assert "secret of ours" not in shown


def test_an_answer_with_a_file_joins_the_ticket(ticket, token):
    file = SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n123", content_type="image/png")

    response = Client().post(page(token), {"body": "Foto hängt an", "uploads": file})

    message = Message.objects.of(ticket).public().get()
    assert response.status_code == 302
    assert (message.author, message.via, message.from_internal) == (ticket.customer, Via.LINK, False)
    assert message.attachments.get().name == "foto.png"


@pytest.fixture
def long_closed(ticket: Ticket) -> Ticket:
    """Closed for 15 days in a team that opens a new ticket after 14."""
    set_reply_rule(ticket.team, OnReply.NEW_TICKET, stage=None, days=14)
    close_ticket(ticket.pk, by=None, at=now() - timedelta(days=15))
    return ticket


def test_a_late_answer_to_a_closed_ticket_opens_a_new_one_with_a_link_of_its_own(long_closed, token):
    """RULES, Closing: whatever way the customer answers."""
    file = SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n123", content_type="image/png")
    assert "Your reply opens a new one" in Client().get(page(token)).content.decode()

    response = Client().post(page(token), {"body": "Dark again", "uploads": file}, follow=True)

    made = Ticket.objects.exclude(pk=long_closed.pk).get()
    message = Message.objects.of(made).public().get(author=long_closed.customer)
    shown = response.content.decode()
    assert Ticket.objects.get(pk=long_closed.pk).is_closed
    assert (made.title, made.customer, made.channel) == (long_closed.title, long_closed.customer, Channel.PAGE)
    assert (message.attachments.get().name, message.via) == ("foto.png", Via.LINK)
    assert long_closed.reference in message.reason
    assert made.reference in Message.objects.of(long_closed).latest("pk").body_html
    assert made.reference in shown
    assert "It opened this new ticket" in shown
    assert "Dark again" in shown
    assert "Dark again" not in Client().get(page(token)).content.decode()


def test_an_empty_late_answer_opens_nothing(long_closed, token):
    response = Client().post(page(token), {"body": " "})

    assert response.status_code == 422
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("why", ["early", "other rule", "team archived"])
def test_other_answers_to_a_closed_ticket_join_it(long_closed, token, why):
    if why == "early":
        Ticket.objects.update(closed_at=now() - timedelta(days=13))
    elif why == "other rule":
        set_reply_rule(long_closed.team, OnReply.REOPEN, stage=None, days=14)
    else:
        archive_team(long_closed.team_id)

    response = Client().post(page(token), {"body": "Dark again"})

    assert response.headers["Location"] == f"{page(token)}?sent#conversation"
    assert not Ticket.objects.get().is_closed
    assert "Dark again" in Message.objects.of(long_closed).public().latest("pk").body_html


def test_who_answers_reads_above_the_conversation_that_it_was_sent(ticket, token):
    answer = Client().post(page(token), {"body": "Tuesday is fine."}, follow=True)

    html = answer.content.decode()
    assert html.index('id="conversation"') < html.index("Your answer was sent") < html.index("Tuesday is fine.")


def test_a_refused_answer_does_not_say_that_one_was_sent(token):
    """The address still tells of the answer before."""
    response = Client().post(f"{page(token)}?sent", {"body": ""})

    assert response.status_code == 422
    assert "Your answer was sent" not in response.content.decode()


def test_a_file_that_a_browser_shows_opens_beside_what_is_being_written(ticket, token):
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n", content_type="application/pdf")

    html = Client().post(page(token), {"body": "See the plan.", "uploads": upload}, follow=True).content.decode()

    assert 'plan.pdf" target="_blank" rel="noopener"' in html


def test_an_empty_answer_is_refused_beside_the_field(ticket, token):
    response = Client().post(page(token), {"body": " "})

    assert response.status_code == 422
    assert "Write something or attach a file first." in response.content.decode()
    assert not Message.objects.of(ticket).public().exists()


def test_a_program_is_refused_and_what_was_typed_stays(ticket, token):
    file = SimpleUploadedFile("setup.exe", b"MZ123")

    response = Client().post(page(token), {"body": "Siehe Anhang", "uploads": file})

    assert response.status_code == 422
    assert "Programs are not accepted" in response.content.decode()
    assert "Siehe Anhang" in response.content.decode()
    assert not Message.objects.of(ticket).public().exists()


def test_more_answers_than_a_person_writes_are_refused(ticket, token):
    client = Client()
    for number in range(6):
        client.post(page(token), {"body": f"{number}"})

    response = client.post(page(token), {"body": "one more"})

    assert response.status_code == 422
    assert Message.objects.of(ticket).public().count() == 6


@pytest.mark.parametrize("door", ["ticket", "closure"])
@pytest.mark.parametrize(
    "altered",
    [lambda _token: "nothing", lambda token: ("B" if token[0] == "A" else "A") + token[1:], str.swapcase],
    ids=["another", "one letter", "capitals"],
)
def test_a_wrong_or_altered_link_is_a_plain_404(token, door, altered):
    wrong = altered(token)

    assert Client().get(page(wrong, door)).status_code == 404
    assert Client().post(page(wrong, door), {"body": "x"}).status_code == 404


def test_an_expired_link_is_a_plain_404(ticket, settings):
    old = make_link_token(ticket.pk, ticket.customer_id, at=now() - timedelta(days=settings.TICKET_LINK_DAYS + 1))

    assert Client().get(page(old)).status_code == 404


def test_files_of_messages_are_served_and_no_others(ticket, token):
    shown = reply_to_ticket(
        ticket.pk, Draft(html="", author=ticket.customer, files=[store_bytes(b"%PDF-1.4", name="a.pdf")]), at=now()
    ).attachments.get()
    hidden = note_on_ticket(
        ticket.pk, Draft(html="", author=None, from_internal=True, files=[store_bytes(b"x", name="b.txt")]), at=now()
    ).attachments.get()
    elsewhere = reply_to_ticket(
        make_ticket().pk, Draft(html="", author=ticket.customer, files=[store_bytes(b"y", name="c.txt")]), at=now()
    ).attachments.get()

    response = Client().get(page(token, "attachment", shown.pk, "a.pdf"))
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    for file in (hidden, elsewhere):
        assert Client().get(page(token, "attachment", file.pk, file.name)).status_code == 404


def test_the_page_is_not_kept_and_not_found_by_search_engines(token):
    response = Client().get(page(token))

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_customer_closes_after_saying_yes(ticket, token):
    set_customer_closing(ticket.team, allowed=True)
    client = Client()

    assert "Close this ticket?" in client.get(page(token, "closure")).content.decode()
    client.post(page(token, "closure"))

    closed = Ticket.objects.get(pk=ticket.pk)
    assert closed.stage.name == "Solved"
    assert closed.is_closed
    assert "Closed: Solved" in client.get(page(token)).content.decode()


def test_where_the_team_does_not_let_customers_close_there_is_no_way(ticket, token):
    assert "Close Ticket" not in Client().get(page(token)).content.decode()
    assert Client().post(page(token, "closure")).status_code == 404
    assert not Ticket.objects.get(pk=ticket.pk).is_closed


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_messages(ticket, token, django_assert_num_queries, count):
    for number in range(count):
        reply_to_ticket(ticket.pk, make_draft(f"{number}", author=ticket.customer), at=now())
    Client().get(page(token))

    with django_assert_num_queries(5):
        Client().get(page(token))


# ---- an account, offered beside it ----------------------------------------------------------------------------------


def test_the_customer_is_offered_an_account_that_is_theirs(ticket, token):
    assert "Create an account" in Client().get(page(token)).content.decode()

    response = Client().post(page(token, "account"))
    link = re.search(r"/account/sign-up/[^/\s]+/", str(mail.outbox[-1].body))[0]
    client = Client()
    chosen = {"name": "Ada Lind", "password1": "a long way home 7", "password2": "a long way home 7"}
    client.post(link, chosen)

    assert response.headers["Location"] == reverse("account_sign_up_sent")
    assert mail.outbox[-1].to == [ticket.customer.email]
    assert client.get(reverse("portal:my-ticket", args=[ticket.pk])).status_code == 200


def test_whether_there_is_an_account_already_is_only_said_by_mail(ticket, token):
    grant_portal_access(ticket.customer_id, by=make_agent(ticket.company), at=now())
    User.objects.filter(contact=ticket.customer).update(last_login=now())

    assert "Create an account" in Client().get(page(token)).content.decode()
    Client().post(page(token, "account"))

    assert "You have one already" in mail.outbox[-1].body


@pytest.mark.parametrize("why", ["on invitation", "team not public", "signed in"])
def test_an_account_is_not_offered_where_it_would_be_of_no_use(ticket, token, why):
    client = Client()
    if why == "on invitation":
        allow_sign_up(ticket.company, SignUp.INVITED)
    elif why == "team not public":
        Team.objects.filter(pk=ticket.team_id).update(visibility=Visibility.COMPANY)
    else:
        client.force_login(make_agent(ticket.company))

    assert "Create an account" not in client.get(page(token)).content.decode()
    assert client.post(page(token, "account")).status_code == 404
    assert not mail.outbox


def test_no_more_mails_than_anybody_needs(token):
    for _ in range(4):
        Client().post(page(token, "account"))

    assert len(mail.outbox) == 3
