from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from deskhand.base.accounts.public import Role, User, set_roles
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_settings_admin
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import (
    Draft,
    Receives,
    add_followers,
    choose_what_follower_gets,
    remove_follower,
)
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.notifications.enums import Way, Why
from deskhand.base.notifications.models import Notification
from deskhand.base.notifications.queries import unread_count
from deskhand.base.notifications.services.digests import send_digests
from deskhand.base.notifications.services.reading import mark_read
from deskhand.base.notifications.services.telling import choose_way
from deskhand.base.workforce.public import approve_time_off
from deskhand.base.workforce.testing import make_calendar, make_employee, make_time_off
from deskhand.kit.clock import now
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import (
    Channel,
    NewTicket,
    Ticket,
    assign_ticket,
    create_ticket,
    move_ticket,
    note_on_ticket,
    reply_to_ticket,
    set_priority,
)
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
ALL = Receives(gets_messages=True, gets_notes=True, gets_stages=True, gets_changes=True)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def amara(team: Team) -> User:
    return make_agent(team.company, name="Amara Okafor", email="amara@desk.example")


@pytest.fixture
def jonas(team: Team) -> User:
    return make_agent(team.company, name="Jonas Weber")


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team, title="Oven")


def says(by: User, text: str = "<p>Hello</p>", mentions: tuple[int, ...] = ()) -> Draft:
    return Draft(html=text, author=by.contact, from_internal=True, mentions=mentions)


def told(user: User) -> list[Why]:
    return [Why(one.why) for one in Notification.objects.filter(user=user).order_by("pk")]


def mails_to(user: User) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(to_address=user.email))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response) -> str:
    return response.content.decode()


# ---- who is told ----------------------------------------------------------------------------------------------------


def test_who_is_called_by_name_is_told_and_mailed(ticket, amara, jonas):
    note_on_ticket(ticket.pk, says(jonas, "<p>Look <b>@Amara Okafor</b></p>", (amara.contact_id,)), at=now())

    assert told(amara) == [Why.MENTION]
    (mail,) = mails_to(amara)
    assert "Look @Amara Okafor" in mail.text
    assert f"/helpdesk/tickets/{ticket.pk}/#message-" in mail.text
    assert mail.reply_to == ""


def test_a_mail_about_a_note_is_seen_only_by_who_sees_the_ticket(ticket, amara, jonas, team):
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    add_followers(private, [amara.contact_id])
    note_on_ticket(private.pk, says(jonas, "<p>secret</p>", (amara.contact_id,)), at=now())
    (mail,) = mails_to(amara)

    page = signed_in(make_settings_admin(team.company)).get(reverse("mail:outgoing"))

    assert mail.object_id == private.pk
    assert "secret" not in words(page)
    assert mail.subject not in words(page)


def test_followers_are_told_of_what_they_want(ticket, amara, jonas):
    add_followers(ticket, [amara.contact_id])
    note_on_ticket(ticket.pk, says(jonas), at=now())
    set_priority(ticket.pk, 2, by=jonas, at=now())
    assert told(amara) == [Why.NOTE]

    choose_what_follower_gets(ticket, amara.contact_id, ALL)
    stage = ticket.team.stages.get(name="In Progress")
    move_ticket(ticket.pk, stage.pk, by=jonas, at=now())
    set_priority(ticket.pk, 3, by=jonas, at=now())

    assert told(amara) == [Why.NOTE, Why.STAGE, Why.CHANGE]


def test_who_follows_but_sees_the_ticket_no_more_is_not_told_what_is_said_inside(ticket, amara, jonas):
    add_followers(ticket, [amara.contact_id])
    choose_what_follower_gets(ticket, amara.contact_id, ALL)
    set_roles(amara, {"helpdesk": Role.NONE})

    note_on_ticket(ticket.pk, says(jonas, "<p>hush</p>"), at=now())
    set_priority(ticket.pk, 3, by=jonas, at=now())

    assert (told(amara), mails_to(amara)) == ([], [])


def test_followers_of_the_team_are_told_as_well(ticket, amara, jonas):
    add_followers(ticket.team, [amara.contact_id])

    note_on_ticket(ticket.pk, says(jonas), at=now())

    assert told(amara) == [Why.NOTE]


def test_a_ticket_without_a_message_is_told_to_the_followers_of_its_team(team, amara, jonas):
    """TEAM-5: one that is taken by phone; of one that came by mail they get the mail."""
    outsider = make_contact(email="lager@kunde.example")
    add_followers(team, [amara.contact_id, jonas.contact_id, outsider.pk])
    create_ticket(NewTicket(team=team, title="Oven", customer=make_contact()), by=jonas, at=now())

    assert (told(amara), told(jonas)) == ([Why.NEW], [])
    (mail,) = mails_to(amara)
    assert mail.subject.startswith("New: #00001 Oven")
    assert "Ticket created" in mail.text
    assert not OutgoingMail.objects.filter(to_contact=outsider).exists()


def test_a_ticket_with_a_message_is_told_once(team, amara):
    add_followers(team, [amara.contact_id])
    customer = make_contact()
    opening = Draft(html="<p>It stays dark</p>", author=customer)

    make_ticket(team=team, customer=customer, opening=opening)

    assert told(amara) == [Why.MESSAGE]


def test_who_wants_no_messages_of_a_team_hears_of_no_new_tickets(team, amara):
    add_followers(team, [amara.contact_id])
    only_stages = Receives(gets_messages=False, gets_notes=False, gets_stages=True, gets_changes=False)
    choose_what_follower_gets(team, amara.contact_id, only_stages)

    ticket = make_ticket(team=team)
    move_ticket(ticket.pk, team.stages.get(name="In Progress").pk, by=None, at=now())

    assert told(amara) == [Why.STAGE]


def test_of_tickets_out_of_a_file_nobody_is_told(team, amara):
    add_followers(team, [amara.contact_id])

    make_ticket(team=team, assignee=amara, channel=Channel.FILE)

    assert told(amara) == []
    assert mails_to(amara) == []


def test_who_gets_a_ticket_is_told_and_the_customer_is_not(ticket, amara, jonas):
    """RULES, Assignment."""
    before = OutgoingMail.objects.filter(to_contact=ticket.customer).count()

    assign_ticket(ticket.pk, amara, by=jonas, at=now())

    assert told(amara) == [Why.ASSIGNED]
    (mail,) = mails_to(amara)
    assert mail.subject.startswith("Assigned to you: #00001 Oven")
    assert "nobody → Amara Okafor" in mail.text
    assert OutgoingMail.objects.filter(to_contact=ticket.customer).count() == before
    assign_ticket(ticket.pk, jonas, by=jonas, at=now())
    assert (told(amara), told(jonas)) == ([Why.ASSIGNED], [])


def test_who_gets_a_new_ticket_is_told_once(team, amara, jonas):
    add_followers(team, [amara.contact_id])

    make_ticket(team=team, assignee=amara, by=jonas)
    make_ticket(team=team, assignee=jonas, by=jonas)

    assert (told(amara), told(jonas)) == ([Why.ASSIGNED, Why.NEW], [])


def test_nobody_is_told_of_what_they_did_themselves(ticket, amara):
    add_followers(ticket, [amara.contact_id])

    note_on_ticket(ticket.pk, says(amara), at=now())

    assert told(amara) == []


def test_customers_hear_nothing_of_notes_and_changes(ticket, jonas, team):
    customer = make_portal_user(team.company)
    add_followers(ticket, [customer.contact_id])
    choose_what_follower_gets(ticket, customer.contact_id, ALL)
    before = OutgoingMail.objects.count()

    note_on_ticket(ticket.pk, says(jonas), at=now())
    move_ticket(ticket.pk, ticket.team.stages.get(name="In Progress").pk, by=jonas, at=now())

    assert told(customer) == []
    assert OutgoingMail.objects.count() == before


def test_a_message_rings_and_goes_by_mail_once(ticket, amara, jonas):
    reply_to_ticket(ticket.pk, says(jonas), at=now(), recipients=[amara.contact_id])

    assert told(amara) == [Why.MESSAGE]
    (mail,) = mails_to(amara)
    assert mail.chatter_message is not None


def test_who_gets_something_to_do_is_told_but_not_by_themselves(ticket, amara, jonas):
    make_activity(ticket, amara, due_on=timezone.localdate(), by=jonas)
    make_activity(ticket, jonas, due_on=timezone.localdate(), by=jonas)

    assert (told(amara), told(jonas)) == ([Why.ACTIVITY], [])


# ---- by each user's choice ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [Way.APP, Way.DIGEST])
def test_who_wants_no_mails_gets_none_but_the_bell_rings(ticket, amara, jonas, way):
    choose_way(amara, way)
    add_followers(ticket, [amara.contact_id])

    note_on_ticket(ticket.pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    reply_to_ticket(ticket.pk, says(jonas), at=now(), recipients=[amara.contact_id])

    assert told(amara) == [Why.MENTION, Why.MESSAGE]
    assert mails_to(amara) == []


def test_a_digest_leaves_in_the_morning_of_the_user_once(ticket, amara, jonas):
    choose_way(amara, Way.DIGEST)
    User.objects.filter(pk=amara.pk).update(time_zone="Asia/Tokyo")
    note_on_ticket(ticket.pk, says(jonas, "<p>E-41</p>", (amara.contact_id,)), at=now())

    with travel("2026-11-21 07:00:00+00:00", tick=False):
        assert send_digests(at=now()) == 0
    with travel("2026-11-21 22:00:00+00:00", tick=False):
        assert send_digests(at=now()) == 1
        assert send_digests(at=now()) == 0

    (mail,) = mails_to(amara)
    assert mail.subject == "1 unread notification"
    assert "E-41" in mail.text


def test_a_digest_says_nothing_of_what_was_read_or_may_not_be_seen_any_more(team, ticket, amara, jonas):
    choose_way(amara, Way.DIGEST)
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    add_followers(private, [amara.contact_id])
    note_on_ticket(ticket.pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    mark_read(amara, at=now())
    note_on_ticket(private.pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    remove_follower(private, amara.contact_id)

    with travel("2026-11-21 07:00:00+00:00", tick=False):
        assert send_digests(at=now()) == 0


def test_one_chooses_how_one_is_told(amara):
    http = signed_in(amara)

    assert http.post(reverse("notifications:ways"), {"way": "digest"}).status_code == 302
    assert amara.notification_choice.way == Way.DIGEST
    assert http.post(reverse("notifications:ways"), {"way": "pigeon"}).status_code == 422


# ---- the bell -------------------------------------------------------------------------------------------------------


def test_read_and_unread(ticket, amara, jonas):
    http = signed_in(amara)
    for _ in range(2):
        note_on_ticket(ticket.pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    first = Notification.objects.filter(user=amara).earliest("pk")
    assert http.get(reverse("tool-counts")).json()["notifications"] == 2

    response = http.get(reverse("notifications:notification", args=[first.pk]))
    assert response.headers["Location"] == f"/helpdesk/tickets/{ticket.pk}/#message-{first.message_id}"
    assert unread_count(amara.viewer) == 1
    http.delete(reverse("notifications:notification", args=[first.pk]), headers=HTMX)
    assert unread_count(amara.viewer) == 2
    http.post(reverse("notifications:reading"), headers=HTMX)
    assert unread_count(amara.viewer) == 0


def test_notifications_are_ones_own(ticket, amara, jonas):
    note_on_ticket(ticket.pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    one = Notification.objects.get(user=amara)

    for method in ("get", "post", "delete"):
        address = reverse("notifications:notification", args=[one.pk])
        assert getattr(signed_in(jonas), method)(address).status_code == 404
    signed_in(jonas).post(reverse("notifications:reading"))

    assert unread_count(amara.viewer) == 1


def test_what_one_may_not_see_any_more_is_not_shown(team, amara, jonas):
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE), title="Hush")
    add_followers(private, [amara.contact_id])
    note_on_ticket(private.pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    http = signed_in(amara)
    assert "Hush" in words(http.get(reverse("notifications:menu")))

    remove_follower(private, amara.contact_id)

    for page in ("notifications:menu", "notifications:list"):
        assert "Hush" not in words(http.get(reverse(page)))
    assert http.get(reverse("tool-counts")).json()["notifications"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_bell_costs_the_same_for_one_and_three(team, amara, jonas, django_assert_num_queries, count):
    for _ in range(count):
        note_on_ticket(make_ticket(team=team).pk, says(jonas, mentions=(amara.contact_id,)), at=now())
    http = signed_in(amara)
    for page, queries in {"notifications:menu": 4, "notifications:list": 8, "tool-counts": 4}.items():
        http.get(reverse(page))
        with django_assert_num_queries(queries):
            http.get(reverse(page))


def test_a_message_costs_little_more(ticket, amara, jonas, django_assert_max_num_queries):
    """Nobody is asked for where a message reaches nobody who works here but its author."""
    draft = says(jonas)
    reply_to_ticket(ticket.pk, draft, at=now(), recipients=[ticket.customer_id])

    with django_assert_max_num_queries(12):
        reply_to_ticket(ticket.pk, draft, at=now() + timedelta(seconds=1), recipients=[ticket.customer_id])


def test_the_bell_tells_of_a_decision_about_time_off(client: Client, amara: User, jonas: User) -> None:
    leader = make_employee(amara)
    calendar = make_calendar(amara.company)
    employee = make_employee(jonas, manager=leader, calendar=calendar)
    time_off = make_time_off(employee, by=jonas, first=date(2026, 12, 21))
    assert unread_count(amara.viewer) == 1

    approve_time_off(time_off.pk, by=amara, at=now())

    client.force_login(jonas)
    assert "Time off is approved." in client.get("/notifications/").content.decode()
    assert unread_count(jonas.viewer) == 1
