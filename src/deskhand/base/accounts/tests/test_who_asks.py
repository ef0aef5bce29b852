"""Who is signed in, as every page gets to know it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from django.test import Client

from deskhand.base.accounts.models import User
from deskhand.base.accounts.public import NewUser, Role, create_user
from deskhand.base.accounts.queries import who_asks
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db


def test_one_query_brings_contact_company_companies_and_roles(django_assert_num_queries):
    here, there = make_company(name="Aurora"), make_company(name="Borea")
    made = create_user(
        NewUser(
            email="amara@desk.example",
            name="Amara",
            company=here,
            companies=[here, there],
            roles={"helpdesk": Role.ADMINISTRATOR, "settings": Role.USER},
        )
    )

    with django_assert_num_queries(1):
        user = who_asks(made.pk)
        assert (user.contact.name, user.company.name) == ("Amara", "Aurora")
        assert user.company_ids == [here.pk, there.pk]
        assert user.roles == {"helpdesk": Role.ADMINISTRATOR, "settings": Role.USER}


def test_it_is_what_the_user_would_have_found_out_alone():
    for made in (make_agent(), make_portal_user()):
        alone = User.objects.get(pk=made.pk)
        user = who_asks(made.pk)

        assert (user.roles, user.company_ids) == (alone.roles, alone.company_ids)


def test_nobody_asks_who_is_gone_or_asked_to_leave():
    agent, client = make_agent(), Client()
    client.force_login(agent)

    User.objects.filter(pk=agent.pk).update(is_active=False)

    assert who_asks(0) is None
    assert not get_user(client).is_authenticated


def test_a_role_that_is_taken_away_counts_from_the_next_page_on():
    agent, client = make_agent(), Client()
    client.force_login(agent)
    assert get_user(client).has_role("helpdesk")

    agent.role_grants.all().delete()

    assert not get_user(client).has_role("helpdesk")
