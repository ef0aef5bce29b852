from __future__ import annotations

import pytest
from django.urls import reverse

from deskhand.base.accounts.testing import make_admin
from deskhand.base.companies.testing import make_company
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.pages.forms import AliasForm
from deskhand.support.intake.queries import team_addresses
from deskhand.support.intake.services.aliases import AliasReserved, AliasTaken, change_alias, local_part_of
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import TeamSettings, create_team
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "local_part"),
    [
        ("Customer Care", "customer-care"),
        ("Kundendienst für Großgeräte", "kundendienst-fuer-grossgeraete"),
        ("Åse & Øystein's Reparaturer", "aase-and-oeystein-s-reparaturer"),
        ("Служба поддержки", "sluzhba-podderzhki"),
        ("Εξυπηρέτηση", "exypiretisi"),
        ("サポート", "helpdesk"),
        ("C++", "c-plus-plus"),
        ("x" * 200, "x" * 50),
    ],
)
def test_an_alias_is_readable(name, local_part):
    assert local_part_of(name) == local_part


def test_a_new_team_gets_an_alias_of_its_own_from_its_name():
    first, second, third = make_company(), make_company(), make_company()

    for company in (first, second, third):
        create_team(TeamSettings(name="Customer Care", company=company))

    assert list(TeamAlias.objects.order_by("pk").values_list("local_part", flat=True)) == [
        "customer-care", "customer-care-2", "customer-care-3",
    ]  # fmt: skip


def test_a_team_called_as_the_mail_server_gets_another_alias():
    create_team(TeamSettings(name="Postmaster", company=make_company()))

    assert TeamAlias.objects.get().local_part == "postmaster-2"


def test_an_alias_can_be_changed_and_switched_off():
    alias = make_alias()

    change_alias(alias.team, local_part="help", is_enabled=False)

    alias.refresh_from_db()
    assert (alias.local_part, alias.is_enabled) == ("help", False)


def test_the_alias_of_another_team_is_refused():
    taken, alias = make_alias(), make_alias()

    with pytest.raises(AliasTaken):
        change_alias(alias.team, local_part=taken.local_part, is_enabled=True)

    assert TeamAlias.objects.get(pk=alias.pk).local_part == alias.local_part


def test_the_mail_servers_own_address_is_refused():
    alias = make_alias()

    with pytest.raises(AliasReserved):
        change_alias(alias.team, local_part="postmaster", is_enabled=True)

    assert TeamAlias.objects.get(pk=alias.pk).local_part == alias.local_part


def test_addresses_of_teams_are_told_in_one_query(django_assert_num_queries):
    alias, switched_off = make_alias(), make_alias(is_enabled=False)
    homeless = make_alias(team=make_team(company=make_company(alias_domain="")))
    teams = [one.team_id for one in (alias, switched_off, homeless)]

    with django_assert_num_queries(1):
        addresses = team_addresses(teams)

    assert addresses == {alias.team_id: alias.address}


def form_of(alias: TeamAlias, **typed: str) -> AliasForm:
    return AliasForm(typed or None, team=alias.team, user=make_admin(alias.team.company))


def test_the_option_shows_and_saves_the_alias():
    alias = make_alias()

    form = form_of(alias, is_enabled="on", local_part="Help-Me")
    assert form.is_valid(), form.errors
    form.save()

    assert form_of(alias)["local_part"].value() == "help-me"


@pytest.mark.parametrize(
    ("local_part", "sentence"),
    [
        ("", "in front of the @"),
        ("two words", "small letters"),
        ("postmaster", "mail server"),
        ("care+x", "small letters"),
    ],
)
def test_the_option_says_what_is_wrong_with_an_alias(local_part, sentence):
    form = form_of(make_alias(), is_enabled="on", local_part=local_part)

    assert not form.is_valid()
    assert sentence in str(form.errors["local_part"])


def test_the_option_stands_on_the_teams_page_with_the_way_to_the_alias_domain(client):
    team = make_team(company=make_company(alias_domain=""))
    make_alias(team=team)
    client.force_login(make_admin(team.company))

    page = client.get(reverse("teams:team", args=[team.pk])).content.decode()

    assert "Email Alias" in page
    assert "Set an Alias Domain" in page
