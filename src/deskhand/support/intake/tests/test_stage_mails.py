"""What stages write to customers, and who gets mails about a ticket (IN-6; RULES, Closing)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import add_followers
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.mail.testing import deliver, make_mail, make_template
from deskhand.kit.clock import now
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.testing import make_acknowledging_alias, make_alias
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket, archive_ticket, move_ticket, note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def alias() -> TeamAlias:
    return make_acknowledging_alias()


@pytest.fixture
def ticket(alias: TeamAlias) -> Ticket:
    deliver(make_mail(to=alias.address), to=alias.address)
    return Ticket.objects.get()


def stage_mail_team():
    """An alias of a team whose second stage writes to customers, with every placeholder there is."""
    alias = make_alias()
    stage = alias.team.stages.all()[1]
    names = ["ticket.number", "ticket.title", "ticket.team", "ticket.stage", "ticket.assignee", "customer.name"]
    body = "".join(f"<p>{name} is {{{{ {name} }}}}</p>" for name in names) + '<a href="{{ ticket.url }}">here</a>'
    stage.mail_template = make_template(subject="{{ ticket.stage }}: {{ ticket.title }}", body_html=body)
    stage.save()
    return alias, stage


def test_a_stage_writes_what_its_template_says():
    alias, stage = stage_mail_team()
    agent = make_agent(alias.team.company, name="Ingrid Aas")
    ticket = make_ticket(team=alias.team, title="Dark", assignee=agent)

    move_ticket(ticket.pk, stage.pk, by=agent, at=now())

    mail = OutgoingMail.objects.get(to_contact=ticket.customer)
    assert mail.subject == f"{stage.name}: Dark ({ticket.reference})"
    for said in (
        f"ticket.number is {ticket.reference}",
        "ticket.assignee is Ingrid Aas",
        f"ticket.stage is {stage.name}",
    ):
        assert said in mail.text
    assert f"customer.name is {ticket.customer.name}" in mail.text


def test_what_is_undone_is_mailed_to_nobody():
    """The mail is a row of the same transaction as the move."""
    alias, stage = stage_mail_team()
    ticket = make_ticket(team=alias.team)

    with transaction.atomic():
        move_ticket(ticket.pk, stage.pk, by=None, at=now())
        assert OutgoingMail.objects.count() == 1
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()
    assert Ticket.objects.get().stage != stage


def test_the_link_in_a_template_is_personal_in_the_mail_and_the_agents_in_the_chatter():
    alias, stage = stage_mail_team()
    ticket = make_ticket(team=alias.team)

    move_ticket(ticket.pk, stage.pk, by=None, at=now())

    mail = OutgoingMail.objects.get()
    agents_page = reverse("tickets:ticket", args=[ticket.pk])
    assert mail.chatter_message is not None
    assert f'href="{agents_page}"' in mail.chatter_message.body_html
    assert agents_page not in mail.html
    assert mail.html.count("/t/") == 2


def test_archived_tickets_and_those_without_an_address_get_no_mail():
    alias, stage = stage_mail_team()
    alias.team.stages.exclude(pk=stage.pk).update(mail_template=stage.mail_template)

    ticket = make_ticket(team=alias.team, customer=make_contact(email=""))
    move_ticket(ticket.pk, stage.pk, by=None, at=now() + timedelta(seconds=1))
    assert not OutgoingMail.objects.exists()

    archived = make_ticket(team=alias.team)
    OutgoingMail.objects.all().delete()
    archive_ticket(archived.pk, by=None, at=now())
    assert not OutgoingMail.objects.exists()


def test_a_company_without_alias_domain_writes_from_the_desks_own_address(settings):
    settings.DEFAULT_FROM_EMAIL = "Desk <desk@host.example>"
    alias, stage = stage_mail_team()
    company = alias.team.company
    company.alias_domain = ""
    company.save()
    ticket = make_ticket(team=alias.team)

    move_ticket(ticket.pk, stage.pk, by=None, at=now())

    mail = OutgoingMail.objects.get()
    assert (mail.from_address, mail.reply_to) == ("desk@host.example", "")
    assert "reply to this mail" not in mail.html


def test_notes_are_mailed_to_nobody(alias, ticket):
    OutgoingMail.objects.all().delete()

    note_on_ticket(ticket.pk, make_draft("Psst", author=make_agent(alias.team.company).contact), at=now())

    assert not OutgoingMail.objects.exists()


def test_colleagues_are_led_to_the_agents_page_and_get_no_personal_link(alias, ticket):
    colleague = make_agent(alias.team.company)
    OutgoingMail.objects.all().delete()

    reply_to_ticket(ticket.pk, make_draft(author=ticket.customer), at=now(), recipients=[colleague.contact_id])

    mail = OutgoingMail.objects.get()
    assert reverse("tickets:ticket", args=[ticket.pk]) in mail.html
    assert "/t/" not in mail.html


def test_who_left_gets_no_mail(alias, ticket):
    colleague = make_agent(alias.team.company)
    colleague.is_active = False
    colleague.save()
    OutgoingMail.objects.all().delete()

    reply_to_ticket(ticket.pk, make_draft(author=ticket.customer), at=now(), recipients=[colleague.contact_id])

    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_mails_to_colleagues_cost_the_same_for_one_and_three(alias, ticket, django_assert_num_queries, count):
    colleagues = [make_agent(alias.team.company).contact_id for _ in range(count)]
    draft = make_draft(author=ticket.customer)

    with django_assert_num_queries(20, exact=False):
        reply_to_ticket(ticket.pk, draft, at=now(), recipients=colleagues)

    assert OutgoingMail.objects.filter(to_contact__in=colleagues).count() == count


def test_an_outsider_who_follows_a_private_team_is_told_and_gets_no_link():
    """TEAM-5: followers are notified of updates to all tickets, but cannot view them in the portal."""
    alias = make_alias(team=make_team(visibility=Visibility.PRIVATE))
    warehouse, member = make_contact(email="lager@kunde.example"), make_agent(alias.team.company)
    add_followers(alias.team, [warehouse.pk, member.contact_id])
    ticket = make_ticket(team=alias.team)

    reply_to_ticket(ticket.pk, make_draft("It is on its way.", author=member.contact, from_internal=True), at=now())

    outside = OutgoingMail.objects.get(to_address="lager@kunde.example")
    customer = OutgoingMail.objects.filter(to_address=ticket.customer.email).latest("pk")
    assert "It is on its way." in outside.text
    assert "http" not in outside.text.replace("http://www.w3.org", "")
    assert "/t/" in customer.text
