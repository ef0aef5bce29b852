"""The company, before its first customer writes: users, teams with stages and addresses, tags, contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from deskhand.base.accounts.public import NewUser, Role, User, UserKind, create_user
from deskhand.base.chatter.public import Message
from deskhand.base.companies.public import Company, NewCompany, create_company
from deskhand.base.contacts.public import (
    AddressDetails,
    AddressKind,
    Contact,
    NewContact,
    create_contact,
    save_address,
    set_tags,
)
from deskhand.base.workforce.public import WorkingCalendar
from deskhand.config.demo.entry import open_doors
from deskhand.config.demo.favorites import keep_searches
from deskhand.config.demo.moments import HISTORY
from deskhand.config.demo.people import employ, read_people
from deskhand.config.demo.plots import WAITING_FOR_PARTS
from deskhand.config.demo.programs import add_programs
from deskhand.config.demo.sources import Sources
from deskhand.kit.hues import Hue
from deskhand.kit.transactions import in_transaction
from deskhand.support.intake.public import change_alias
from deskhand.support.teams.public import (
    Stage,
    StageSettings,
    Tag,
    Team,
    TeamSettings,
    Visibility,
    create_stage,
    create_tag,
    create_team,
)

#: All demo users sign in with it. That is why the demo does not go into a database with other data unasked.
PASSWORD = "nordlys-demo"  # noqa: S105
#: Key in the stories → name, alias, who sees it, what customers read.
TEAMS = {
    "care": (
        "Customer Care",
        "care",
        Visibility.PUBLIC,
        "Delivery, products, invoices: write to us and you have an answer within one working day.",
    ),
    "parts": (
        "Ersatzteile und Garantieabwicklung",
        "ersatzteile",
        Visibility.COMPANY,
        "Ersatzteile und Garantie. Bitte halten Sie die Seriennummer bereit: Sie steht auf der Innenseite der Tür.",
    ),
    "finance": (
        "Financial Services",
        "finance",
        Visibility.PRIVATE,
        "Questions about invoices, payments and refunds.",
    ),
}


@dataclass(frozen=True)
class Cast:
    """Everybody and everything that plots are about. Keys: mail addresses, keys of :data:`TEAMS`, names."""

    company: Company
    users: Mapping[str, User]
    contacts: Mapping[str, Contact]
    teams: Mapping[str, Team]
    stages: Mapping[str, Mapping[str, Stage]]
    tags: Mapping[str, Tag]


@in_transaction
def found_company(sources: Sources, *, at: datetime) -> Cast:
    """Make everything but tickets.

    :raises AddressTaken: somebody else signs in with one of the addresses.
    :raises CompanyNameTaken: there is a company of this name already.
    """
    company = create_company(NewCompany(**sources.company), by=None)
    users = make_users(sources, company)
    make_contacts(sources, company)
    make_doubles(sources, company)
    users |= make_portal_users(sources, company)
    share_password(users)
    _make_teams(sources, company, users)
    for name, color in sources.tags.items():
        if not Tag.objects.filter(name__iexact=name).exists():
            create_tag(name, color=Hue(color))
    employ(company, users, read_people(), at=at)
    add_programs(next(iter(users.values())), at=at)
    open_doors(company, next(iter(users.values())), at=at)
    keep_searches(users)
    cast = cast_of(company, sources)
    date_back(company, cast.contacts, at)
    return cast


def make_users(sources: Sources, company: Company) -> dict[str, User]:
    """Those who work there, by their mail addresses."""
    return {
        one.email: create_user(
            NewUser(
                email=one.email,
                name=one.name,
                company=company,
                roles={app: Role(role) for app, role in one.roles.items()},
                language=one.language,
                time_zone=company.time_zone,
            )
        )
        for one in sources.colleagues
    }


def make_contacts(sources: Sources, company: Company) -> None:
    """Customers and their firms."""
    firms = {
        firm.name: create_contact(NewContact(is_company=True, company=company, **vars(firm))) for firm in sources.firms
    }
    for name, known in sources.firm_details.items():
        set_tags(firms[name], known.tags)
        for address in known.addresses:
            where = {key: value for key, value in address.items() if key != "kind"}
            save_address(firms[name], AddressDetails(AddressKind(address["kind"]), **where))
    for one in sources.customers:
        create_contact(
            NewContact(
                name=one.name,
                email=one.email,
                parent=firms.get(one.firm),
                company=company,
                phone=one.phone,
                job_title=one.job,
                street=one.street,
                postal_code=one.postal_code,
                city=one.city,
                country=one.country,
                language=one.language,
            )
        )


def make_doubles(sources: Sources, company: Company) -> None:
    """Contacts that are there twice, for *Duplicates* to find."""
    for one in sources.doubles:
        firm = Contact.objects.get(company=company, name=one.firm)
        create_contact(NewContact(name=one.name, parent=firm, company=company, phone=one.phone, note=one.note))


def make_portal_users(sources: Sources, company: Company) -> dict[str, User]:
    """Customers with an account; the contact with the same address becomes theirs."""
    return {
        one.email: create_user(
            NewUser(
                email=one.email,
                name=one.name,
                company=company,
                kind=UserKind.PORTAL,
                language=one.language,
                time_zone=company.time_zone,
            )
        )
        for one in sources.portal_users
    }


def share_password(users: Mapping[str, User]) -> None:
    """One hash for all: making each takes a tenth of a second, on purpose."""
    User.objects.filter(pk__in=[user.pk for user in users.values()]).update(password=make_password(PASSWORD))


def _make_teams(sources: Sources, company: Company, users: Mapping[str, User]) -> None:
    teams = {}
    for key, (name, alias, visibility, description) in TEAMS.items():
        followers = [users[one.email].contact_id for one in sources.colleagues if key in one.follows]
        settings = TeamSettings(
            name=name, company=company, description=description, visibility=visibility, followers=followers
        )
        teams[key] = create_team(settings)
        change_alias(teams[key], local_part=alias, is_enabled=True)
    add_own_stage(teams["parts"])


def add_own_stage(team: Team) -> None:
    """The stage that only those teams have who order parts."""
    create_stage(StageSettings(name=WAITING_FOR_PARTS, teams=[team]), company=team.company, beside=team)


def stages_of(teams: Mapping[str, Team]) -> dict[str, dict[str, Stage]]:
    """Key of a team → name of a stage → the stage, with its mail template at hand."""
    return {
        key: {stage.name: stage for stage in team.stages.active().select_related("mail_template")}
        for key, team in teams.items()
    }


def date_back(company: Company, contacts: Mapping[str, Contact], at: datetime) -> None:
    """All of this was there before the first ticket of the half year up to ``at``."""
    at -= HISTORY + timedelta(days=30)
    Company.objects.filter(pk=company.pk).update(created_at=at)
    User.objects.filter(companies=company).update(joined_at=at)
    Team.objects.filter(company=company).update(created_at=at)
    Contact.objects.filter(company=company).update(created_at=at)
    for calendar in WorkingCalendar.objects.filter(company=company):
        Message.objects.of(calendar).update(created_at=at)
    Contact.objects.filter(pk__in=[contact.pk for contact in contacts.values()]).update(created_at=at)


def cast_of(company: Company, sources: Sources) -> Cast:
    """The same, of a company that was founded before."""
    by_name = {team.name: team for team in Team.objects.filter(company=company).select_related("company", "alias")}
    teams = {key: by_name[name] for key, (name, *_rest) in TEAMS.items()}
    users = {user.email: user for user in User.objects.filter(companies=company).select_related("contact")}
    emails = [customer.email for customer in sources.customers]
    contacts = {one.email: one for one in Contact.objects.filter(company=company, email__in=emails)}
    contacts |= {user.email: user.contact for user in users.values()}
    tags = {name: Tag.objects.get(name__iexact=name) for name in sources.tags}
    return Cast(company, users, contacts, teams, stages_of(teams), tags)
