"""Cases of another desk become tickets."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.mail.testing import make_template
from deskhand.kit.screens.imports.models import Import
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.enums import Channel
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client: Client) -> User:
    user = make_agent(name="Amara")
    client.force_login(user)
    return user


def imported(client: Client, text: str, **typed: Any) -> Any:
    client.post("/helpdesk/tickets/import/", {"file": SimpleUploadedFile("cases.csv", text.encode())})
    work = Import.objects.latest("pk")
    columns = {f"column-{place}": name for place, name in enumerate(work.mapping)}
    return client.post(f"/imports/{work.pk}/", columns | {"import": "1"} | typed, follow=True)


def test_rows_become_tickets_and_nobody_is_written_to(client: Client, agent: User) -> None:
    team, tag = make_team(company=agent.company, name="Care"), make_tag(name="Billing")
    first = team.stages.first()
    assert first
    first.mail_template = make_template()
    first.save()

    imported(
        client,
        "Title,Helpdesk Team,Stage,Priority,Assigned to,Tags,Email,Customer\n"
        f"Oven dark,care,{first.name},Urgent,Amara,billing,ada@x.example,Ada\n",
    )

    ticket = Ticket.objects.get()
    assert (ticket.team, ticket.stage, ticket.priority, ticket.assignee) == (team, first, 3, agent)
    assert list(ticket.tags.all()) == [tag]
    assert (ticket.customer_email, ticket.channel) == ("ada@x.example", Channel.FILE)
    assert not OutgoingMail.objects.filter(to_address="ada@x.example").exists()


def test_agents_are_found_by_their_address_too(client: Client, agent: User) -> None:
    make_team(company=agent.company, name="Care")

    imported(client, f"Title,Helpdesk Team,Assigned to\nOven dark,care,{agent.email.upper()}\n")

    assert Ticket.objects.get().assignee == agent


def test_tickets_are_recognised_by_their_number(client: Client, agent: User) -> None:
    ticket = make_ticket(team=make_team(company=agent.company, name="Care"), title="Old")

    imported(client, f"#,Title\n{ticket.reference},New\n", key="number")

    ticket.refresh_from_db()
    assert ticket.title == "New"
    assert Ticket.objects.count() == 1


def test_a_team_of_another_company_is_not_there(client: Client, agent: User) -> None:
    make_team(company=make_company(), name="Secret")

    page = imported(client, "Title,Helpdesk Team\nOven dark,Secret\n").content.decode()

    assert "There is no “Secret”." in page
    assert not Ticket.objects.exists()
