"""How people come to the demo company: somebody who is invited, and a provider that is not in use yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskhand.base.accounts.public import (
    NewUser,
    ProviderDetails,
    Role,
    User,
    UserKind,
    grant_portal_access,
    invite_user,
    save_provider,
    set_provider_active,
)
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import OutgoingMail
from deskhand.kit.work.models import WorkState

#: Name, what stands before the @, roles, days ago. The first ones have not come in in time.
_INVITED = (
    ("Solveig Brekke", "solveig", {"helpdesk": Role.USER}, 12),
    ("Mateusz Zając", "mateusz", {"helpdesk": Role.USER}, 2),
    ("Ines Carvalho", "ines", {"helpdesk": Role.USER}, 1),
)
#: Customers who may come to the portal and have not been there yet; days ago.
_INVITED_CUSTOMERS = (("d.yildirim@mueller-luedenscheidt.example", 1),)


def open_doors(company: Company, owner: User, *, at: datetime) -> None:
    """Invitations whose mails are not sent by the demo, and a provider that nobody is offered."""
    for name, login, roles, days in _INVITED:
        email = f"{login}@{company.alias_domain}"
        new = NewUser(email=email, name=name, company=company, roles=roles, time_zone=company.time_zone)
        invite_user(new, by=owner, at=at - timedelta(days=days))
    for address, days in _INVITED_CUSTOMERS:
        contact = Contact.objects.get(company=company, email=address)
        grant_portal_access(contact.pk, by=owner, at=at - timedelta(days=days))
    waiting = OutgoingMail.objects.filter(state=WorkState.WAITING)
    waiting.update(state=WorkState.DONE, attempts=1, sent_at=at, html="", text="")
    provider = save_provider(
        None,
        ProviderDetails(
            key="staff",
            name="Nordlys account",
            issuer="https://login.nordlys.example/realms/staff",
            client_id="deskhand",
            secret="not-in-use",  # noqa: S106  # nobody is there
            domains=[company.alias_domain],
            trusts_addresses=False,
            makes_accounts=True,
            company=company,
            kind=UserKind.INTERNAL,
        ),
    )
    set_provider_active(provider.pk, is_active=False)
