"""What the chatter can do beside a ticket: call colleagues, mend notes, keep drafts, search, follow."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_user
from deskhand.base.chatter.enums import Sharing
from deskhand.base.chatter.models import CannedResponse, NoteVersion, Unsent
from deskhand.base.chatter.public import CannedText, Follower, Message, add_followers, save_canned
from deskhand.base.contacts.testing import make_contact
from deskhand.base.files.public import Attachment
from deskhand.kit import records
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def agent(team: Team) -> User:
    return make_agent(team.company, name="Amara Okafor")


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team, customer=make_contact(name="Olena"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def http(agent: User) -> Client:
    return signed_in(agent)


def door(name: str, ticket: Ticket, *more: object) -> str:
    return reverse(f"chatter:{name}", args=[records.content_type_id(ticket), ticket.pk, *more])


def words(response) -> str:
    return response.content.decode()


def write_note(http: Client, ticket: Ticket, body: str, **typed: object) -> Message:
    http.post(reverse("tickets:notes", args=[ticket.pk]), {"body": body, **typed}, headers=HTMX)
    return Message.objects.of(ticket).filter(kind="note").latest("pk")


# ---- mentions -------------------------------------------------------------------------------------------------------


def test_who_is_called_by_name_stands_in_bold(http, team, ticket):
    jonas = make_agent(team.company, name="Jonas Weber")

    note = write_note(http, ticket, "Ask @Jonas Weber <now>", mention=jonas.pk)

    assert note.body_html == "<p>Ask <b>@Jonas Weber</b> &lt;now&gt;</p>"


def test_a_name_that_was_taken_out_again_is_not_called(http, team, ticket):
    jonas = make_agent(team.company, name="Jonas Weber")
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    add_followers(private, [User.objects.get(name="Amara Okafor").contact_id])

    write_note(http, private, "Ask somebody", mention=jonas.pk)

    assert not Follower.objects.of(private).filter(contact=jonas.contact_id).exists()


def test_colleagues_are_offered_only_if_they_see_the_ticket_or_would_be_let_in(http, agent, team, ticket):
    make_agent(team.company, name="Jonas Weber")
    make_agent(name="Jonas Elsewhere")
    make_user(company=team.company, role=Role.NONE, name="Jonas Idle")
    make_portal_user(team.company, name="Jonas Customer")
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    add_followers(private, [agent.contact_id])

    seen = words(http.get(door("mentions", ticket), {"q": "jon"}))
    admitted = words(http.get(door("mentions", private), {"q": "jonas"}))

    assert "Jonas Weber" in seen
    assert "will be added as follower" not in seen
    assert "Jonas Weber" in admitted
    assert "will be added as follower" in admitted
    for nobody in ("Elsewhere", "Idle", "Customer", "Amara"):
        assert nobody not in seen + admitted


def test_who_is_called_into_a_private_ticket_follows_it(agent, team):
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    jonas = make_agent(team.company, name="Jonas Weber")
    add_followers(private, [agent.contact_id])

    write_note(signed_in(agent), private, "@Jonas Weber please", mention=jonas.pk)

    assert Ticket.objects.visible_to(jonas).filter(pk=private.pk).exists()


def test_nobody_is_called_who_would_not_see_it_even_then(http, agent, ticket):
    foreigner = make_agent(name="Fritz Fremd")
    foreigner.companies.add(make_team().company)
    agent.companies.add(foreigner.company)

    response = http.post(
        reverse("tickets:notes", args=[ticket.pk]), {"body": "@Fritz Fremd", "mention": foreigner.pk}, headers=HTMX
    )

    assert response.status_code == 422
    assert "Fritz Fremd may not see this" in words(response)
    assert not Message.objects.of(ticket).filter(kind="note").exists()
    assert not Follower.objects.of(ticket).filter(contact=foreigner.contact_id).exists()


# ---- own notes ------------------------------------------------------------------------------------------------------


def test_an_own_note_is_mended_and_keeps_what_it_said(http, ticket):
    note = write_note(http, ticket, "E-14")

    response = http.post(reverse("chatter:note", args=[note.pk]), {"body": "E-41"}, headers=HTMX)

    note.refresh_from_db()
    assert response.status_code == 204
    assert note.body_html == "<p>E-41</p>"
    assert note.edited_at is not None
    assert "edited" in words(http.get(door("feed", ticket)))
    assert "E-14" in words(http.get(reverse("chatter:history", args=[note.pk])))


def test_a_deleted_note_leaves_a_line_and_its_files_are_gone(http, team, ticket):
    note = write_note(http, ticket, "secret", uploads=SimpleUploadedFile("key.txt", b"1234"))

    http.delete(reverse("chatter:note", args=[note.pk]))

    shown = words(http.get(door("feed", ticket)))
    assert "deleted a note" in shown
    assert "secret" not in shown
    assert not Attachment.objects.exists()
    colleague = signed_in(make_agent(team.company))
    assert colleague.get(reverse("chatter:history", args=[note.pk])).status_code == 403
    assert "secret" in words(http.get(reverse("chatter:history", args=[note.pk])))


def test_only_its_author_changes_a_note(http, team, ticket):
    note = write_note(http, ticket, "Mine")
    other = signed_in(make_admin(team.company))

    assert other.post(reverse("chatter:note", args=[note.pk]), {"body": "Theirs"}).status_code == 403
    assert other.delete(reverse("chatter:note", args=[note.pk])).status_code == 403
    note.refresh_from_db()
    assert note.body_html == "<p>Mine</p>"
    assert not NoteVersion.objects.exists()


def test_a_message_that_was_sent_is_not_changed(http, ticket):
    http.post(reverse("tickets:messages", args=[ticket.pk]), {"body": "Hello", "to": ticket.customer_id})
    message = Message.objects.of(ticket).public().get()

    assert http.post(reverse("chatter:note", args=[message.pk]), {"body": "Bye"}).status_code == 409
    assert http.delete(reverse("chatter:note", args=[message.pk])).status_code == 409
    message.refresh_from_db()
    assert message.body_html == "<p>Hello</p>"


# ---- search and filter ----------------------------------------------------------------------------------------------


def test_a_conversation_is_searched_in_what_people_read(http, ticket):
    write_note(http, ticket, "Der Türsensor meldet E-41")
    write_note(http, ticket, "Nothing of it")

    found = words(http.get(door("feed", ticket), {"q": "türsensor amara"}))

    assert "E-41" in found
    assert "Nothing of it" not in found
    assert "Nothing in this conversation fits" in words(http.get(door("feed", ticket), {"q": "<p>"}))


def test_only_notes_messages_or_changes(http, ticket):
    write_note(http, ticket, "inside")
    http.post(reverse("tickets:messages", args=[ticket.pk]), {"body": "outside", "to": ticket.customer_id})

    notes = words(http.get(door("feed", ticket), {"only": "note"}))
    messages = words(http.get(door("feed", ticket), {"only": "message"}))
    changes = words(http.get(door("feed", ticket), {"only": "track"}))

    assert ("inside" in notes, "outside" in notes) == (True, False)
    assert ("inside" in messages, "outside" in messages) == (False, True)
    assert ("Ticket created" in changes, "inside" in changes) == (True, False)


# ---- drafts ---------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_there_again_and_nobody_else_sees_it(http, team, ticket):
    http.post(door("unsent", ticket), {"composer": "note", "body": "Half a thought", "mention": "7"})
    page = reverse("tickets:ticket", args=[ticket.pk])

    assert "Half a thought" in words(http.get(page))
    assert "Half a thought" not in words(signed_in(make_agent(team.company)).get(page))


def test_files_are_kept_and_sent_with_the_message(http, agent, ticket):
    http.post(door("unsent-files", ticket), {"composer": "note", "uploads": SimpleUploadedFile("log.txt", b"E-41")})
    kept = Attachment.objects.get()
    assert kept.object_id is None

    note = write_note(http, ticket, "See the log", kept=kept.pk)

    assert [file.name for file in note.attachments.all()] == ["log.txt"]
    assert not Unsent.objects.exists()
    assert Attachment.objects.count() == 1


def test_files_of_somebody_elses_draft_are_not_taken(http, team, ticket):
    other = signed_in(make_agent(team.company))
    other.post(door("unsent-files", ticket), {"composer": "note", "uploads": SimpleUploadedFile("x.txt", b"1")})
    kept = Attachment.objects.get()

    note = write_note(http, ticket, "Mine", kept=kept.pk)

    assert not note.attachments.exists()
    assert http.delete(door("unsent-file", ticket, kept.pk)).status_code == 200
    assert Attachment.objects.filter(pk=kept.pk).exists()
    assert http.get(kept.url).status_code == 404


def test_an_emptied_composer_keeps_nothing(http, ticket):
    http.post(door("unsent", ticket), {"composer": "message", "body": "x"})
    http.post(door("unsent", ticket), {"composer": "message", "body": " "})

    assert not Unsent.objects.exists()


def test_what_was_sent_is_no_draft_any_more(http, ticket):
    http.post(door("unsent", ticket), {"composer": "message", "body": "Hello"})
    http.post(door("unsent", ticket), {"composer": "note", "body": "Psst"})

    http.post(reverse("tickets:messages", args=[ticket.pk]), {"body": "Hello", "to": ticket.customer_id})

    assert [kept.body for kept in Unsent.objects.all()] == ["Psst"]


def test_a_program_is_refused_in_words(http, ticket):
    response = http.post(
        door("unsent-files", ticket), {"composer": "note", "uploads": SimpleUploadedFile("x.exe", b"MZ")}
    )

    assert response.status_code == 422
    assert "is a program" in words(response)
    assert not Attachment.objects.exists()


# ---- followers ------------------------------------------------------------------------------------------------------


def test_who_does_not_want_messages_is_not_ticked_and_not_told(http, agent, team, ticket):
    jonas = make_agent(team.company)
    add_followers(ticket, [jonas.contact_id])

    http.post(door("follower", ticket, jonas.contact_id), {"gets_notes": "on", "gets_stages": "on"}, headers=HTMX)

    follower = Follower.objects.of(ticket).get(contact=jonas.contact_id)
    assert (follower.gets_messages, follower.gets_notes, follower.gets_stages) == (False, True, True)
    chosen = http.get(reverse("tickets:ticket", args=[ticket.pk])).context["message_form"].chosen()
    assert (jonas.contact, False) in chosen
    assert (ticket.customer, True) in chosen


def test_one_follows_and_unfollows_oneself(http, agent, ticket):
    http.post(door("following", ticket), headers=HTMX)
    assert Follower.objects.of(ticket).filter(contact=agent.contact_id).exists()

    http.delete(door("following", ticket), headers=HTMX)
    assert not Follower.objects.of(ticket).filter(contact=agent.contact_id).exists()


def test_who_gives_up_a_private_ticket_is_led_away(agent, team):
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    add_followers(private, [agent.contact_id])

    response = signed_in(agent).delete(door("following", private), headers=HTMX)

    assert response.headers["HX-Redirect"] == "/"


def test_following_again_keeps_what_one_wants(ticket, agent):
    add_followers(ticket, [agent.contact_id])
    Follower.objects.of(ticket).filter(contact=agent.contact_id).update(gets_messages=False)

    add_followers(ticket, [agent.contact_id])

    assert not Follower.objects.of(ticket).get(contact=agent.contact_id).gets_messages


# ---- canned responses -----------------------------------------------------------------------------------------------


def test_canned_responses_are_filled_in_for_the_ticket(http, agent, ticket):
    save_canned(CannedText("hello", "Dear {{ customer.name }}, about {{ ticket.number }}:"), by=agent)

    shown = words(http.get(door("canned", ticket), {"q": "hel"}))

    assert f"Dear {ticket.customer_name}, about {ticket.reference}:" in shown


def test_canned_responses_of_others_and_of_other_teams_are_not_offered(http, agent, team, ticket):
    colleague, other = make_agent(team.company), make_team(company=team.company)
    save_canned(CannedText("theirs", "x"), by=colleague)
    save_canned(CannedText("everybodys", "x", Sharing.ALL), by=colleague)
    save_canned(CannedText("ours", "x", Sharing.GROUP, team), by=colleague)
    save_canned(CannedText("others", "x", Sharing.GROUP, other), by=colleague)

    shown = words(http.get(door("canned", ticket)))

    assert ":everybodys" in shown
    assert ":ours" in shown
    assert ":theirs" not in shown
    assert ":others" not in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"shortcut": "two words", "text": "x", "sharing": "own"}, "A shortcut is one word"),
        ({"shortcut": "x", "text": "{{ ticket.colour }}", "sharing": "own"}, "is no placeholder"),
        ({"shortcut": "x", "text": "x", "sharing": "group"}, "Choose the team"),
        ({"shortcut": "known", "text": "x", "sharing": "own"}, "has this shortcut already"),
    ],
)
def test_a_canned_response_that_would_not_work_is_refused(http, agent, team, typed, said):
    save_canned(CannedText("known", "x"), by=agent)

    response = http.post(reverse("chatter:new-canned-response"), typed)

    assert response.status_code == 422
    assert said in words(response)
    assert CannedResponse.objects.count() == 1


def test_what_a_canned_response_may_hold_stands_beside_it_before_it_is_saved(http, agent):
    assert "{{ customer.name }}" in words(http.get(reverse("chatter:new-canned-response")))


def test_canned_responses_are_changed_by_their_owner(http, agent, team):
    shared = save_canned(CannedText("shared", "x", Sharing.ALL), by=make_agent(team.company))
    own = save_canned(CannedText("own", "x"), by=agent)
    page = "chatter:canned-response"

    assert (
        http.post(reverse(page, args=[own.pk]), {"shortcut": "own", "text": "y", "sharing": "own"}).status_code == 302
    )
    assert (
        http.post(reverse(page, args=[shared.pk]), {"shortcut": "s", "text": "y", "sharing": "own"}).status_code == 403
    )
    assert http.post(reverse("chatter:canned-response-deletion", args=[shared.pk])).status_code == 403
    assert {one.text for one in CannedResponse.objects.all()} == {"x", "y"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_canned_responses_costs_the_same_for_one_and_three(http, agent, django_assert_num_queries, count):
    for number in range(count):
        save_canned(CannedText(f"text-{number}", "x"), by=agent)
    http.get(reverse("chatter:canned-responses"))

    with django_assert_num_queries(7):
        http.get(reverse("chatter:canned-responses"))


# ---- rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["portal follower", "other company", "no role", "uninvited"])
@pytest.mark.parametrize("name", ["chat", "feed", "messages", "notes", "followers", "mentions", "canned", "unsent"])
def test_the_doors_of_a_conversation_open_only_to_who_sees_the_ticket(name, who):
    team = make_team(visibility=Visibility.PRIVATE if who == "uninvited" else Visibility.PUBLIC)
    ticket = make_ticket(team=team)
    visitor = {
        "portal follower": lambda: make_portal_user(team.company),
        "other company": make_agent,
        "no role": lambda: make_user(company=team.company, role=Role.NONE),
        "uninvited": lambda: make_agent(team.company),
    }[who]()
    if who == "portal follower":
        add_followers(ticket, [visitor.contact_id])
    before = (Message.objects.count(), Follower.objects.count(), Unsent.objects.count())
    method = "get" if name in {"chat", "feed", "mentions", "canned"} else "post"

    response = getattr(signed_in(visitor), method)(door(name, ticket), {"body": "x", "email": "x@y.example"})

    assert response.status_code == 404
    assert (Message.objects.count(), Follower.objects.count(), Unsent.objects.count()) == before
