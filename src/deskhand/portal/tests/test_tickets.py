"""*My Account → Tickets* (CLOSE-4): what customers see there, find, sort, and write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import User, revoke_portal_access
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.chatter.public import Message, add_followers, remove_follower
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import OutgoingMail
from deskhand.kit.clock import now
from deskhand.portal.tests.asking import LIST, listed, own_ticket, signed_in
from deskhand.support.closing.public import OnReply, close_ticket, set_customer_closing, set_reply_rule
from deskhand.support.teams.public import TeamSettings, Visibility, update_team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import (
    Priority,
    Ticket,
    archive_ticket,
    assign_ticket,
    make_link_token,
    note_on_ticket,
    reply_to_ticket,
)
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


def test_customers_see_their_own_tickets_and_not_those_of_others(customer):
    own_ticket(customer, title="Mine")
    make_ticket(title="Somebody else's")

    assert listed(customer, "?show=all") == ["Mine"]


def test_tickets_of_colleagues_are_seen_only_by_who_follows_them(customer):
    colleague = make_contact(name="Bo Lind", parent=customer.contact.parent)
    followed = make_ticket(title="Followed", customer=colleague)
    make_ticket(title="Not followed", customer=colleague)
    add_followers(followed, [customer.contact_id])

    assert listed(customer) == ["Followed"]
    assert "Bo Lind" in signed_in(customer).get(LIST).content.decode()
    assert listed(customer, "?show=own") == []
    assert listed(customer, "?show=others") == ["Followed"]


@pytest.mark.parametrize(
    ("visibility", "seen"), [(Visibility.PUBLIC, 200), (Visibility.COMPANY, 404), (Visibility.PRIVATE, 404)]
)
def test_only_tickets_of_public_teams_are_in_the_portal(customer, visibility, seen):
    ticket = own_ticket(customer, title="Mine", team=make_team(company=customer.company, visibility=visibility))

    client = signed_in(customer)

    assert listed(customer) == (["Mine"] if seen == 200 else [])
    assert client.get(f"{LIST}{ticket.pk}/").status_code == seen
    assert client.post(f"{LIST}{ticket.pk}/", {"body": "Hello?"}).status_code == (302 if seen == 200 else 404)


def test_a_team_that_ceases_to_be_public_takes_its_tickets_out_of_the_portal(customer):
    """TEAM-4: its portal followers are removed; the personal link of the ticket's customer still works (IN-6)."""
    ticket = own_ticket(customer)
    token = make_link_token(ticket.pk, customer.contact_id, at=now())
    team = ticket.team
    settings = TeamSettings(name=team.name, company=team.company, visibility=Visibility.COMPANY)
    update_team(team.pk, settings, by=None, at=now())

    assert listed(customer) == []
    assert signed_in(customer).get(f"{LIST}{ticket.pk}/").status_code == 404
    assert Client().get(reverse("portal:ticket", args=[token])).status_code == 200

    update_team(team.pk, replace(settings, visibility=Visibility.PUBLIC), by=None, at=now())

    assert listed(customer) == []


def test_a_follower_who_is_removed_sees_the_ticket_no_more(customer):
    """TEAM-6"""
    ticket = make_ticket()
    add_followers(ticket, [customer.contact_id])
    client = signed_in(customer)
    assert client.get(f"{LIST}{ticket.pk}/").status_code == 200

    remove_follower(ticket, customer.contact_id)

    assert client.get(f"{LIST}{ticket.pk}/").status_code == 404
    assert client.post(f"{LIST}{ticket.pk}/", {"body": "x"}).status_code == 404
    assert not Message.objects.of(ticket).public().exists()


def test_an_archived_ticket_is_gone(customer):
    ticket = own_ticket(customer)
    archive_ticket(ticket.pk, by=make_agent(ticket.company), at=now())

    assert listed(customer, "?show=all") == []
    assert signed_in(customer).get(f"{LIST}{ticket.pk}/").status_code == 404


def test_an_archived_user_is_out_and_their_personal_links_still_work(customer):
    ticket = own_ticket(customer)
    token = make_link_token(ticket.pk, customer.contact_id, at=now())
    client = signed_in(customer)
    User.objects.filter(pk=customer.pk).update(is_active=False)

    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}{ticket.pk}/").status_code == 302
    assert client.get(reverse("portal:ticket", args=[token])).status_code == 200


def test_strangers_sign_in_first(customer):
    ticket = own_ticket(customer)

    for path in (LIST, f"{LIST}{ticket.pk}/", "/my/"):
        assert Client().get(path).headers["Location"] == f"/account/login/?next={path}"


def test_who_works_here_sees_what_they_asked_for_and_not_what_they_look_after(customer):
    agent = make_agent(customer.company)
    looked_after = own_ticket(customer, title="Of a customer")
    assign_ticket(looked_after.pk, agent, by=agent, at=now())
    make_ticket(title="My chair", customer=agent.contact, team=looked_after.team)

    assert listed(agent) == ["My chair"]
    assert signed_in(agent).get(f"{LIST}{looked_after.pk}/").status_code == 404


# ---- the list -------------------------------------------------------------------------------------------------------


def test_open_tickets_are_shown_first_and_closed_ones_on_demand(customer):
    own_ticket(customer, title="Open")
    closed = own_ticket(customer, title="Closed")
    Ticket.objects.filter(pk=closed.pk).update(closed_at=now())

    assert listed(customer) == ["Open"]
    assert listed(customer, "?show=closed") == ["Closed"]
    assert sorted(listed(customer, "?show=all")) == ["Closed", "Open"]
    assert "Show 1 closed ticket" in signed_in(customer).get(LIST).content.decode()


def test_a_ticket_that_we_answered_says_who_and_counts_as_answered(customer):
    team = make_team(company=customer.company)
    answered, waiting = own_ticket(customer, title="Answered", team=team), own_ticket(customer, title="W", team=team)
    agent = make_agent(customer.company, name="Jonas Weber")
    reply_to_ticket(answered.pk, make_draft(author=agent.contact, from_internal=True), at=now())
    note_on_ticket(waiting.pk, make_draft(author=agent.contact, from_internal=True), at=now())

    assert listed(customer, "?show=answered") == ["Answered"]
    assert listed(customer, "?show=waiting") == ["W"]
    assert "Jonas Weber answered" in signed_in(customer).get(LIST).content.decode()


@pytest.mark.parametrize(
    ("words", "within", "finds"),
    [
        ("ofen", "all", True),
        ("ofen", "title", True),
        ("ofen", "messages", False),
        ("Typenschild", "all", True),
        ("Typenschild", "messages", True),
        ("Typenschild", "title", False),
        ("New", "stage", True),
        ("Solved", "stage", False),
        ("Amara", "assignee", True),
        ("Amara", "title", False),
        ("Kitchen Care", "team", True),
        ("Ada Lind", "customer", True),
        ("%", "title", False),
    ],
)
def test_words_are_looked_for_where_one_says(customer, words, within, finds):
    ticket = own_ticket(customer, title="Ofen bleibt dunkel", team=make_team(name="Kitchen Care"))
    assign_ticket(ticket.pk, make_agent(ticket.company, name="Amara Okafor"), by=None, at=now())
    reply_to_ticket(ticket.pk, make_draft("Hier das Typenschild", author=customer.contact), at=now())

    assert listed(customer, f"?q={words.replace('%', '%25')}&in={within}") == ([ticket.title] if finds else [])


@pytest.mark.parametrize("form", ["{}", "%23{}", "%23{:05d}"])
def test_a_ticket_is_found_by_its_number(customer, form):
    team = make_team()
    ticket, _other = own_ticket(customer, title="This", team=team), own_ticket(customer, title="Other", team=team)

    assert listed(customer, f"?in=number&q={form.format(ticket.number)}") == ["This"]


def test_words_of_internal_notes_and_of_other_peoples_tickets_find_nothing(customer):
    ticket, foreign = own_ticket(customer, title="Mine"), make_ticket(title="Foreign")
    agent = make_agent(ticket.company)
    note_on_ticket(ticket.pk, make_draft("Betrugsverdacht", author=agent.contact, from_internal=True), at=now())
    reply_to_ticket(foreign.pk, make_draft("Betrugsverdacht", author=agent.contact, from_internal=True), at=now())

    assert listed(customer, "?q=Betrugsverdacht") == []
    assert listed(customer, "?q=Foreign") == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", ["Bread", "Apple", "Cake"]),
        ("updated", ["Cake", "Bread", "Apple"]),
        ("title", ["Apple", "Bread", "Cake"]),
        ("priority", ["Apple", "Bread", "Cake"]),
        ("number", ["Cake", "Apple", "Bread"]),
        ("nonsense", ["Bread", "Apple", "Cake"]),
    ],
)
def test_the_list_is_sorted_as_one_likes(customer, sort, order):
    team, at = make_team(), now() - timedelta(hours=1)
    cake = own_ticket(customer, title="Cake", team=team, at=at)
    own_ticket(customer, title="Apple", team=team, at=at + timedelta(minutes=1), priority=Priority.URGENT)
    own_ticket(customer, title="Bread", team=team, at=at + timedelta(minutes=2))
    reply_to_ticket(cake.pk, make_draft(author=customer.contact), at=now())

    assert listed(customer, f"?sort={sort}") == order


@pytest.mark.parametrize(
    ("by", "titles"),
    [
        ("team", ["Care", "Parts"]),
        ("stage", ["New"]),
        ("priority", ["Urgent", "Low"]),
        ("month", ["July 2026", "June 2026"]),
        ("customer", ["Ada Lind"]),
    ],
)
def test_groups_have_names_and_counts(customer, by, titles):
    care, parts = make_team(name="Care"), make_team(name="Parts")
    june, july = now().replace(2026, 6, 15), now().replace(2026, 7, 15)
    own_ticket(customer, team=care, at=june)
    own_ticket(customer, team=parts, at=july, priority=Priority.URGENT)

    found = signed_in(customer).get(f"{LIST}?by={by}").context["found"]

    assert [section.title for section in found.sections] == titles
    assert sum(section.count for section in found.sections) == 2


def test_a_long_list_has_pages_and_a_page_too_far_is_the_last(customer):
    team = make_team()
    for _ in range(21):
        own_ticket(customer, team=team)
    client = signed_in(customer)

    first, second = client.get(LIST), client.get(f"{LIST}?page=2")

    assert len(first.context["found"].sections[0].rows) == 20
    assert 'rel="next" href="?page=2"' in first.content.decode()
    assert len(second.context["found"].sections[0].rows) == 1
    assert client.get(f"{LIST}?page=99").context["found"].page == 2
    assert client.get(f"{LIST}?page=x").context["found"].page == 1


def test_links_keep_what_was_chosen_before(customer):
    own_ticket(customer, title="Ofen")

    html = signed_in(customer).get(f"{LIST}?q=ofen&in=title&show=all&by=team").content.decode()

    assert 'href="?q=ofen&amp;in=title&amp;show=all&amp;sort=title&amp;by=team"' in html
    assert '<input type="hidden" name="by" value="team">' in html


def test_an_empty_list_says_what_will_be_here(customer):
    assert "No tickets yet" in signed_in(customer).get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 6), ("?by=team", 7), ("?q=ticket", 7)])
def test_the_list_costs_the_same_for_one_and_three_tickets(customer, django_assert_num_queries, count, query, queries):
    for _ in range(count):
        ticket = own_ticket(customer, title="Ticket")
        reply_to_ticket(ticket.pk, make_draft(author=make_agent().contact, from_internal=True), at=now())
    client = signed_in(customer)
    client.get(LIST)

    with django_assert_num_queries(queries):
        client.get(LIST + query)


# ---- the page -------------------------------------------------------------------------------------------------------


def test_the_page_shows_messages_and_no_notes(customer):
    ticket = own_ticket(customer, title="Ofen bleibt dunkel")
    agent = make_agent(ticket.company)
    reply_to_ticket(ticket.pk, make_draft("Bitte prüfen", author=agent.contact, from_internal=True), at=now())
    note_on_ticket(ticket.pk, make_draft("secret of ours", author=agent.contact, from_internal=True), at=now())

    shown = signed_in(customer).get(f"{LIST}{ticket.pk}/").content.decode()

    assert "Ofen bleibt dunkel" in shown
    assert "Bitte prüfen" in shown
    assert "secret of ours" not in shown


def test_an_answer_with_a_file_joins_the_ticket_in_the_customers_name(customer):
    ticket = own_ticket(customer)
    file = SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n123", content_type="image/png")
    client = signed_in(customer)

    response = client.post(f"{LIST}{ticket.pk}/", {"body": "Foto hängt an", "uploads": file})

    message = Message.objects.of(ticket).public().get()
    stored = message.attachments.get()
    assert response.headers["Location"] == f"{LIST}{ticket.pk}/?sent#conversation"
    assert (message.author, message.from_internal) == (customer.contact, False)
    assert client.get(f"{LIST}{ticket.pk}/files/{stored.pk}/foto.png").status_code == 200


def test_a_late_answer_to_a_closed_ticket_opens_a_new_one(customer):
    ticket = own_ticket(customer, title="Ofen")
    set_reply_rule(ticket.team, OnReply.NEW_TICKET, stage=None, days=14)
    close_ticket(ticket.pk, by=None, at=now() - timedelta(days=15))

    response = signed_in(customer).post(f"{LIST}{ticket.pk}/", {"body": "Wieder dunkel"}, follow=True)

    made = Ticket.objects.exclude(pk=ticket.pk).get()
    assert response.redirect_chain == [(f"{LIST}{made.pk}/?anew#conversation", 302)]
    assert "It opened this new ticket" in response.content.decode()
    assert listed(customer) == ["Ofen"]
    assert Ticket.objects.get(pk=ticket.pk).is_closed


def test_files_are_for_those_who_see_the_ticket_and_never_those_of_notes(customer):
    ticket = own_ticket(customer)
    file = SimpleUploadedFile("plan.txt", b"plan")
    client = signed_in(customer)
    client.post(f"{LIST}{ticket.pk}/", {"body": "x", "uploads": file})
    message = Message.objects.of(ticket).public().get()
    stored = message.attachments.get()
    note = note_on_ticket(ticket.pk, make_draft(author=make_agent().contact, from_internal=True), at=now())
    path = f"{LIST}{ticket.pk}/files/{stored.pk}/plan.txt"
    assert signed_in(make_portal_user(customer.company)).get(path).status_code == 404
    assert Client().get(path).status_code == 302

    message.attachments.remove(stored)
    note.attachments.add(stored)

    assert client.get(path).status_code == 404


def test_more_answers_than_a_person_writes_are_refused(customer):
    ticket = own_ticket(customer)
    client = signed_in(customer)
    for number in range(6):
        client.post(f"{LIST}{ticket.pk}/", {"body": f"{number}"})

    assert client.post(f"{LIST}{ticket.pk}/", {"body": "one more"}).status_code == 422
    assert Message.objects.of(ticket).public().count() == 6


def test_the_customer_closes_after_saying_yes(customer):
    ticket = own_ticket(customer)
    set_customer_closing(ticket.team, allowed=True)
    client = signed_in(customer)

    assert "Close this ticket?" in client.get(f"{LIST}{ticket.pk}/closure/").content.decode()
    client.post(f"{LIST}{ticket.pk}/closure/")

    assert Ticket.objects.get(pk=ticket.pk).is_closed
    assert client.post(f"{LIST}{ticket.pk}/closure/").status_code == 404


def test_where_the_team_does_not_let_customers_close_there_is_no_way(customer):
    ticket = own_ticket(customer)
    client = signed_in(customer)

    assert "Close Ticket" not in client.get(f"{LIST}{ticket.pk}/").content.decode()
    assert client.post(f"{LIST}{ticket.pk}/closure/").status_code == 404
    assert not Ticket.objects.get(pk=ticket.pk).is_closed


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_messages(customer, django_assert_num_queries, count):
    ticket = own_ticket(customer)
    for number in range(count):
        reply_to_ticket(ticket.pk, make_draft(f"{number}", author=customer.contact), at=now())
    client = signed_in(customer)
    client.get(f"{LIST}{ticket.pk}/")

    with django_assert_num_queries(7):
        client.get(f"{LIST}{ticket.pk}/")


def test_who_follows_somebody_elses_ticket_may_stop(customer):
    ticket = make_ticket()
    add_followers(ticket, [customer.contact_id])
    client = signed_in(customer)
    assert "Stop following" in client.get(f"{LIST}{ticket.pk}/").content.decode()

    response = client.post(f"{LIST}{ticket.pk}/following/", follow=True)

    assert f"You follow {ticket.reference} no more." in response.content.decode()
    assert client.get(f"{LIST}{ticket.pk}/").status_code == 404


def test_nobody_leaves_their_own_ticket(customer):
    ticket = own_ticket(customer)
    client = signed_in(customer)

    assert "Stop following" not in client.get(f"{LIST}{ticket.pk}/").content.decode()
    assert client.post(f"{LIST}{ticket.pk}/following/").status_code == 404
    assert client.get(f"{LIST}{ticket.pk}/").status_code == 200


def test_who_follows_the_whole_team_does_not_leave_one_ticket(customer):
    """TEAM-5: they see all of a public team's tickets, as long as they follow the team."""
    ticket = make_ticket(title="Of the team")
    add_followers(ticket.team, [customer.contact_id])
    client = signed_in(customer)

    assert listed(customer) == ["Of the team"]
    assert client.post(f"{LIST}{ticket.pk}/following/").status_code == 404


# ---- around it ------------------------------------------------------------------------------------------------------


def test_my_account_counts_what_is_open(customer):
    own_ticket(customer)

    html = signed_in(customer).get("/my/").content.decode()

    assert "1 open" in html
    assert customer.company.public_name in html


def test_pages_of_those_who_work_here_refuse_in_the_customers_look(customer):
    client = signed_in(customer)

    refused, missing = client.get(reverse("home:overview")), client.get("/nowhere/")

    assert (refused.status_code, missing.status_code) == (403, 404)
    for page in (refused, missing):
        html = page.content.decode()
        assert "dh-site" in html
        assert "Go to My Account" in html
    assert "This page is for people who work here." in refused.content.decode()


# ---- mails ----------------------------------------------------------------------------------------------------------


def mails_to(customer: User) -> int:
    return OutgoingMail.objects.filter(to_address=customer.email).count()


def test_a_customer_who_wants_no_mails_reads_here(customer):
    ticket = own_ticket(customer)
    agent = make_agent(ticket.company)
    before = mails_to(customer)

    signed_in(customer).post(reverse("notifications:mails"), {"way": "app"})
    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())
    assert mails_to(customer) == before

    signed_in(customer).post(reverse("notifications:mails"), {"way": "mail"})
    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())
    assert mails_to(customer) == before + 1


def test_a_customer_whose_access_was_taken_away_is_still_mailed(customer):
    """They are a customer still, and answer by mail or by the link."""
    ticket = own_ticket(customer)
    agent = make_agent(ticket.company)
    revoke_portal_access(customer.contact_id, by=agent)
    before = mails_to(customer)

    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())

    assert mails_to(customer) == before + 1
