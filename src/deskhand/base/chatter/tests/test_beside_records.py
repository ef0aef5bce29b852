"""Every business record has a conversation: contacts, users, teams (FOUND-1)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role, User, UserDetails, UserKind, change_user, deactivate_user
from deskhand.base.accounts.testing import make_admin, make_agent, make_settings_admin
from deskhand.base.chatter.public import Follower, Message, MessageKind, Via, add_followers
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.public import archive_contact, change_contact, restore_contact
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import Outcome, OutgoingMail
from deskhand.base.mail.testing import deliver, known_recipients, make_mail
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.live.topics import may_be_present, may_watch
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import TeamSettings, Visibility, archive_team, update_team
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def notes_of(record: object) -> str:
    return reverse("chatter:notes", args=[records.content_type_id(record), record.pk])


def test_a_note_stands_beside_a_contact():
    agent = make_agent()
    contact, http = make_contact(company=agent.company), signed_in(agent)

    http.post(notes_of(contact), {"body": "Prefers to be called"}, headers=HTMX)

    page = http.get(reverse("contacts:contact", args=[contact.pk])).content.decode()
    assert "Prefers to be called" in page
    assert 'data-live="contact.' in page


def test_a_contact_of_another_company_has_no_conversation_for_them():
    contact = make_contact(company=make_agent().company)
    stranger = make_agent()

    assert signed_in(stranger).post(notes_of(contact), {"body": "x"}).status_code == 404
    assert not may_watch(stranger, f"contact.{contact.pk}")
    assert not Message.objects.exists()


def test_what_is_noted_about_a_user_is_for_administrators():
    agent = make_agent()
    admin = make_settings_admin(agent.company)

    assert signed_in(admin).post(notes_of(agent), {"body": "Starts in May"}, headers=HTMX).status_code == 200
    assert signed_in(agent).post(notes_of(agent), {"body": "x"}).status_code == 404
    page = signed_in(admin).get(reverse("accounts:user", args=[agent.pk])).content.decode()
    assert "Starts in May" in page
    assert not may_be_present(agent, f"user.{agent.pk}")
    assert Message.objects.count() == 1


def test_a_team_has_a_conversation_that_administrators_write_in():
    team = make_team()
    admin, agent = make_admin(team.company), make_agent(team.company)

    assert signed_in(admin).post(notes_of(team), {"body": "New address"}, headers=HTMX).status_code == 200
    assert signed_in(agent).post(notes_of(team), {"body": "x"}).status_code == 403
    page = signed_in(admin).get(reverse("teams:team", args=[team.pk])).content.decode()
    assert "New address" in page
    assert Message.objects.count() == 1


def test_somebody_follows_a_contact_by_mail_address():
    agent = make_agent()
    contact = make_contact(company=None)
    address = reverse("chatter:followers", args=[records.content_type_id(contact), contact.pk])

    signed_in(agent).post(address, {"email": agent.email}, headers=HTMX)

    assert Follower.objects.of(contact).get().contact == agent.contact


def messages_of(record: object) -> str:
    return reverse("chatter:messages", args=[records.content_type_id(record), record.pk])


def answer_to(sent: object, *, sender: str, text: str = "Gladly.") -> object:
    mail = make_mail(to=sent.reply_to, sender=sender, text=text, in_reply_to=f"<{sent.message_id}>")
    return deliver(mail, to=sent.reply_to, sender=sender)


def test_the_composer_of_a_contact_offers_the_contact_and_its_followers():
    agent, colleague = make_agent(), make_agent()
    contact = make_contact(company=agent.company, email="zoe@hall.example")
    add_followers(contact, [colleague.contact_id, agent.contact_id])

    page = signed_in(agent).get(reverse("contacts:contact", args=[contact.pk])).content.decode()

    assert f'name="to" value="{contact.pk}" checked' in page
    assert f'name="to" value="{colleague.contact_id}" checked' in page
    assert f'name="to" value="{agent.contact_id}"' not in page


def test_a_message_beside_a_contact_is_mailed_and_its_answer_comes_back():
    agent = make_agent(make_company(alias_domain="nordlys.example"))
    contact = make_contact(company=agent.company, email="zoe@hall.example", name="Zoe Hall")

    signed_in(agent).post(messages_of(contact), {"body": "May we call you?", "to": [contact.pk]}, headers=HTMX)

    sent = OutgoingMail.objects.get()
    assert (sent.to_address, sent.from_address) == ("zoe@hall.example", "reply@nordlys.example")
    assert sent.subject == f"Message from {agent.company.public_name} (Zoe Hall)"
    assert known_recipients([sent.reply_to, "reply@nordlys.example"]) == [sent.reply_to]

    incoming = answer_to(sent, sender="zoe@hall.example")

    assert incoming.outcome == Outcome.JOINED
    answer = Message.objects.public().exclude(via=Via.PAGE).get()
    assert (answer.author, answer.object_id, answer.from_internal) == (contact, contact.pk, False)
    told = OutgoingMail.objects.exclude(pk=sent.pk).get()
    assert told.to_address == agent.email  # who writes follows


def test_a_colleague_who_does_not_prove_themselves_only_leaves_a_note():
    agent, colleague = make_agent(make_company(alias_domain="nordlys.example")), make_agent()
    colleague.companies.add(agent.company)
    contact = make_contact(company=agent.company, email="zoe@hall.example")
    signed_in(agent).post(messages_of(contact), {"body": "x", "to": [contact.pk]}, headers=HTMX)
    sent = OutgoingMail.objects.get()

    answer_to(sent, sender=colleague.email)

    assert Message.objects.get(via=Via.MAIL).kind == MessageKind.NOTE
    assert OutgoingMail.objects.filter(to_address="zoe@hall.example").get() == sent


def test_a_contact_that_everybody_shares_is_written_to_in_the_name_of_the_writers_company():
    make_company(alias_domain="other.example")
    agent = make_agent(make_company(alias_domain="nordlys.example"))
    contact = make_contact(company=None, email="zoe@hall.example")

    signed_in(agent).post(messages_of(contact), {"body": "x", "to": [contact.pk]}, headers=HTMX)

    assert OutgoingMail.objects.get().from_name == agent.company.public_name


def test_without_an_alias_domain_nobody_is_asked_to_answer():
    agent = make_agent(make_company(alias_domain=""))
    contact = make_contact(company=agent.company, email="zoe@hall.example")

    signed_in(agent).post(messages_of(contact), {"body": "x", "to": [contact.pk]}, headers=HTMX)

    sent = OutgoingMail.objects.get()
    assert sent.reply_to == ""
    assert "reply to this mail" not in sent.html


def test_a_message_beside_a_team_goes_out_from_its_alias_and_its_answer_joins_the_team():
    company = make_company(alias_domain="nordlys.example")
    admin, agent = make_admin(company), make_agent(company)
    team = make_alias(team=make_team(company=company)).team
    add_followers(team, [agent.contact_id])

    signed_in(admin).post(messages_of(team), {"body": "New hours", "to": [agent.contact_id]}, headers=HTMX)
    sent = OutgoingMail.objects.get()
    answer_to(sent, sender=agent.email)

    assert sent.from_address == team.alias.address
    assert f"/helpdesk/teams/{team.pk}/" in sent.html
    assert [message.from_internal for message in Message.objects.public()] == [True, True]
    assert Message.objects.get(via=Via.MAIL).object_id == team.pk


def test_a_message_about_a_user_is_for_administrators_and_goes_to_the_user():
    agent = make_agent(make_company(alias_domain="nordlys.example"))
    admin = make_settings_admin(agent.company)
    refused = signed_in(agent).post(messages_of(admin), {"body": "x", "to": [admin.contact_id]})

    signed_in(admin).post(messages_of(agent), {"body": "Welcome", "to": [agent.contact_id]}, headers=HTMX)

    assert refused.status_code == 404
    sent = OutgoingMail.objects.get()
    assert sent.to_address == agent.email
    assert "Open in Deskhand" not in sent.html  # they do not see what administrators see of them


# ---- what changed ---------------------------------------------------------------------------------------------------


def changes_of(record: object) -> list[tuple[str, str, str]]:
    tracks = Message.objects.of(record).filter(kind=MessageKind.TRACK).order_by("pk")
    return [(change["label"], change["old"], change["new"]) for track in tracks for change in track.changes]


def test_what_changes_of_a_contact_is_recorded():
    agent = make_agent()
    hall = make_contact(company=agent.company, name="Hall Ltd", is_company=True)
    contact = make_contact(company=agent.company, name="Zoe", email="zoe@hall.example")

    values = {"email": "zoe@new.example", "name": "Zoe", "parent": hall, "note": "Long text"}
    change_contact(contact.pk, values, by=agent.contact, tags=["VIP"])

    assert changes_of(contact) == [
        ("Company", "", "Hall Ltd"),
        ("Email", "zoe@hall.example", "zoe@new.example"),
        ("Internal notes", "", ""),
        ("Tags", "", "VIP"),
    ]
    assert Message.objects.of(contact).get().author == agent.contact


def test_nothing_is_recorded_of_a_contact_in_which_nothing_changes():
    contact = make_contact(email="zoe@hall.example")

    change_contact(contact.pk, {"email": "zoe@hall.example", "name": contact.name}, tags=[])
    restore_contact(contact.pk)

    assert not Message.objects.exists()


def test_a_contact_that_is_archived_says_so_once():
    agent = make_agent()
    contact = make_contact(company=agent.company)

    archive_contact(contact.pk, by=agent.contact)
    archive_contact(contact.pk, by=agent.contact)

    assert [message.body_html for message in Message.objects.of(contact)] == ["Archived"]


def test_what_changes_of_a_user_is_recorded_for_administrators():
    agent = make_agent()
    admin, elsewhere = make_settings_admin(agent.company), make_company(name="Aurora")
    details = UserDetails(
        email=agent.email,
        name="Nora Berg",
        kind=UserKind.INTERNAL,
        company=agent.company,
        companies=[agent.company, elsewhere],
        roles={"helpdesk": Role.ADMINISTRATOR},
        language=agent.language,
        time_zone=agent.time_zone,
    )
    before = agent.name

    change_user(agent.pk, details, by=admin)
    deactivate_user(agent.pk, by=admin)

    assert changes_of(agent)[0] == ("Name", before, "Nora Berg")
    assert ("Roles", "Helpdesk: User", "Helpdesk: Administrator") in changes_of(agent)
    assert any(label == "Companies" and "Aurora" in new for label, _old, new in changes_of(agent))
    assert Message.objects.of(agent).first().body_html == "May not sign in any more"


def test_what_changes_of_a_team_is_recorded():
    team = make_team(name="Care")
    admin, stages = make_admin(team.company), list(team.stages.active())
    settings = TeamSettings(
        name="Customer Care", company=team.company, visibility=Visibility.PRIVATE, stages=stages[1:]
    )

    update_team(team.pk, settings, by=admin, at=now())
    archive_team(team.pk, by=admin)

    changed = {label: (old, new) for label, old, new in changes_of(team)}
    assert changed["Name"] == ("Care", "Customer Care")
    assert changed["Visibility"][1] == "Invited internal users (private)"
    assert changed["Stages"] == (", ".join(map(str, stages)), ", ".join(map(str, stages[1:])))
    assert Message.objects.of(team).first().body_html == "Archived"
