"""A second company beside the demo's own: small, in another country, with people who work in both."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company, NewCompany, create_company
from deskhand.base.contacts.public import Contact
from deskhand.config.demo.founding import (
    Cast,
    add_own_stage,
    date_back,
    make_contacts,
    make_portal_users,
    make_users,
    share_password,
    stages_of,
)
from deskhand.config.demo.people import employ
from deskhand.config.demo.playing import Player
from deskhand.config.demo.plots import plots
from deskhand.config.demo.sources import Sources, colleagues_of, customers_of, firm_details_of, firms_of
from deskhand.support.intake.public import change_alias
from deskhand.support.teams.public import Team, TeamSettings, Visibility, create_team

_DATA = Path(__file__).parent / "data" / "sister.toml"
#: Its tickets, and the stories that they tell: in the language of its customers, all to its one team.
_TICKETS, _LANGUAGE, _TEAM = 16, "de", "parts"


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def sister_sources(sources: Sources) -> Sources:
    """What the sister is made of; products, tags and the language are those of the company."""
    said = _said()
    return replace(
        sources,
        company=said["company"],
        colleagues=colleagues_of(said),
        firms=firms_of(said),
        firm_details=firm_details_of(said),
        customers=customers_of(said),
        stories=tuple(replace(one, team=_TEAM) for one in sources.stories if one.language == _LANGUAGE),
    )


def found_sister(cast: Cast, sources: Sources, *, at: datetime, seed: int) -> Company:
    """Make the sister with its people, its team and their tickets.

    :raises CompanyNameTaken: there is a company of this name already.
    """
    own = sister_sources(sources)
    company = create_company(NewCompany(**own.company), by=None)
    users = make_users(own, company)
    make_contacts(own, company)
    users |= make_portal_users(own, company)
    share_password(users)
    _let_in_guests(cast, company)
    sister = _Sister(own, company, users, cast)
    employ(company, users, _said(), at=at)
    date_back(company, sister.cast.contacts, at)
    player = Player(own, sister.cast, seed=seed)
    for plot in plots(own, at=at, count=_TICKETS, seed=seed):
        player.play(plot)
    return company


class _Sister:
    """Its cast, with a team of its own in the place of that of which the stories tell."""

    def __init__(self, sources: Sources, company: Company, users: Mapping[str, User], other: Cast) -> None:
        said = _said()["team"]
        followers = [users[one.email].contact_id for one in sources.colleagues if one.follows]
        team = create_team(
            TeamSettings(
                name=said["name"],
                company=company,
                description=said["description"],
                visibility=Visibility.PUBLIC,
                followers=followers,
            )
        )
        change_alias(team, local_part=said["alias"], is_enabled=True)
        add_own_stage(team)
        emails = [customer.email for customer in sources.customers]
        contacts = {one.email: one for one in Contact.objects.filter(company=company, email__in=emails)}
        contacts |= {user.email: user.contact for user in users.values()}
        teams = {_TEAM: Team.objects.select_related("company", "alias").get(pk=team.pk)}
        self.cast = Cast(company, users, contacts, teams, stages_of(teams), other.tags)


def _let_in_guests(cast: Cast, company: Company) -> None:
    """Some of the company work here, too, in the roles that they have there."""
    for login in _said()["guests"]:
        user = next(user for email, user in cast.users.items() if email.partition("@")[0] == login)
        user.companies.add(company)
