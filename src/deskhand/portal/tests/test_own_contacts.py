"""*My Account → Tickets* of a customer for whom several contacts stand (CLOSE-4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskhand.base.accounts.public import User, UserDetails, UserKind, change_user
from deskhand.base.accounts.testing import make_portal_user, prove_address
from deskhand.base.chatter.public import Message, add_followers, followers_of, remove_follower
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.portal.tests.asking import LIST, listed, own_ticket, signed_in
from deskhand.support.teams.public import TeamSettings, Visibility, update_team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def twin_of(customer: User, **fields: object) -> Contact:
    """Who else writes from the customer's address: to the desk they are somebody else."""
    return make_contact(name="A. Lind", email=customer.email, **fields)


def test_tickets_of_another_contact_with_the_proven_address_are_theirs_too(customer):
    elsewhere = make_company()
    twin = twin_of(customer, company=elsewhere)
    ticket = make_ticket(title="In another company", team=make_team(company=elsewhere), customer=twin)
    assert listed(customer) == []

    prove_address(customer)

    assert listed(customer) == ["In another company"]
    assert listed(customer, "?show=own") == ["In another company"]
    assert listed(customer, "?show=others") == []
    assert signed_in(customer).get(f"{LIST}{ticket.pk}/").status_code == 200
    assert "You follow this ticket" not in signed_in(customer).get(f"{LIST}{ticket.pk}/").content.decode()


def test_the_answer_is_written_as_the_contact_that_takes_part(customer):
    """Else both would follow, and the customer would get each mail twice."""
    prove_address(customer)
    twin = twin_of(customer)
    ticket = make_ticket(customer=twin)

    signed_in(customer).post(f"{LIST}{ticket.pk}/", {"body": "Still dark"})

    assert Message.objects.of(ticket).public().get().author == twin
    assert customer.contact_id not in followers_of(ticket)
    assert ">You<" in signed_in(customer).get(f"{LIST}{ticket.pk}/").content.decode()


def test_a_ticket_that_another_contact_of_theirs_follows_is_left_by_that_one(customer):
    prove_address(customer)
    ticket = make_ticket(title="Of a colleague", customer=make_contact(name="Bo Lind"))
    add_followers(ticket, [twin_of(customer).pk])
    client = signed_in(customer)
    assert "You follow this ticket" in client.get(f"{LIST}{ticket.pk}/").content.decode()

    client.post(f"{LIST}{ticket.pk}/following/")

    assert client.get(f"{LIST}{ticket.pk}/").status_code == 404


@pytest.mark.parametrize("why", ["other address", "somebody else's", "merged", "private team", "removed", "changed"])
def test_what_is_not_proven_to_be_theirs_stays_away(customer, why):
    prove_address(customer)
    twin = twin_of(customer)
    visibility = Visibility.PRIVATE if why == "private team" else Visibility.PUBLIC
    ticket = make_ticket(customer=twin, team=make_team(company=customer.company, visibility=visibility))
    assert bool(listed(customer)) == (why != "private team")

    if why == "other address":
        Contact.objects.filter(pk=twin.pk).update(email=f"x{twin.email}")
    elif why == "somebody else's":
        User.objects.filter(pk=make_portal_user(customer.company).pk).update(contact=twin)
    elif why == "merged":
        Contact.objects.filter(pk=twin.pk).update(merged_into=make_contact())
    elif why == "removed":
        remove_follower(ticket, twin.pk)
    elif why == "changed":
        give_address(customer, "new@lind.example")
        Contact.objects.filter(pk=twin.pk).update(email="new@lind.example")

    assert listed(customer) == []
    assert signed_in(customer).get(f"{LIST}{ticket.pk}/").status_code == 404


def give_address(customer: User, email: str) -> None:
    """As an administrator does: nobody has shown that it is the customer's."""
    details = UserDetails(
        email=email,
        name=customer.name,
        kind=UserKind.PORTAL,
        company=customer.company,
        companies=[customer.company],
        roles={},
        language="en",
        time_zone="UTC",
    )
    change_user(customer.pk, details)


def test_a_team_that_ceases_to_be_public_parts_with_all_contacts_of_a_customer(customer):
    """TEAM-4"""
    prove_address(customer)
    twin, stranger = twin_of(customer), make_contact(email="else@where.example")
    ticket = make_ticket(customer=twin, team=make_team(company=customer.company))
    add_followers(ticket, [stranger.pk])
    team = ticket.team

    settings = TeamSettings(name=team.name, company=team.company, visibility=Visibility.COMPANY)
    update_team(team.pk, settings, by=None, at=now())
    update_team(team.pk, replace(settings, visibility=Visibility.PUBLIC), by=None, at=now())

    assert followers_of(ticket) == [stranger.pk]
    assert listed(customer) == []


def test_the_list_costs_one_query_more_for_any_number_of_contacts(customer, django_assert_num_queries):
    prove_address(customer)
    client = signed_in(customer)
    own_ticket(customer)
    client.get(LIST)
    with django_assert_num_queries(5) as one:
        client.get(LIST)
    for _number in range(3):
        make_ticket(customer=twin_of(customer), team=make_team(company=customer.company))

    with django_assert_num_queries(len(one)):
        client.get(LIST)
