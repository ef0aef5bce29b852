"""The records that stand behind the doors. Each has a mark: a word that no answer may show to whom it is not for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import AuditEntry
from deskhand.base.accounts.public import NewUser, User, invite_user
from deskhand.base.accounts.testing import (
    make_agent,
    make_invitation_token,
    make_passkey,
    make_provider,
    prove_address,
)
from deskhand.base.activities.public import ActivityType
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import CannedText, Draft, add_followers, log_note, save_canned
from deskhand.base.companies.public import Company
from deskhand.base.contacts.models import ContactTag
from deskhand.base.contacts.testing import make_contact
from deskhand.base.files.public import store_bytes
from deskhand.base.keys.testing import make_api_key
from deskhand.base.mail.testing import (
    deliver,
    make_incoming_server,
    make_mail,
    make_outgoing,
    make_outgoing_server,
    make_template,
)
from deskhand.base.notifications.models import Notification
from deskhand.base.webhooks.testing import make_delivery, make_webhook
from deskhand.base.workforce.public import add_day, save_department
from deskhand.base.workforce.testing import make_calendar, make_employee, make_leave_type, make_time_off
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.screens.favorites import NewFavorite, save_favorite
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.runs.models import Run
from deskhand.kit.screens.runs.running import start_run
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.teams.testing import make_stage, make_tag, make_team
from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.public import Ticket, archive_ticket, make_link_token, note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_ticket

#: What every mark begins with. Nothing else in the house contains it.
MARK = "Qzx"
SHARED = NewFavorite(screen="tickets:list", name="Urgent", query="filter=urgent", is_shared=True)


def mark_of(thing: str) -> str:
    """``Qzxhiddennote`` for ``hidden_note``: one word, so that searches find it."""
    return MARK + thing.replace("_", "")


def make_things(company: Company, users: dict[str, User]) -> dict[str, Any]:
    """All things by name; keys of records, tokens and links stand beside the records."""
    things = _tickets(company, users)
    ticket, hidden = things["ticket"], things["hidden"]
    contact = make_contact(company=company, name=mark_of("contact"))
    webhook = make_webhook(users["admin"], name=mark_of("webhook"))
    things |= {
        "company": company,
        "team": ticket.team,
        "hidden_team": hidden.team,
        "stage": ticket.stage,
        "own_stage": make_stage(ticket.team, name=mark_of("own_stage")),
        "tag": make_tag(name=mark_of("tag")),
        "contact": contact,
        "shared_contact": make_contact(name=mark_of("shared_contact")),
        "other_contact": make_contact(company=company),
        "contact_tag": ContactTag.objects.create(name=mark_of("contact_tag")),
        "own_address": users["customer"].contact.addresses.create(street="Storgata 2"),
        "address": contact.addresses.create(street="Storgata 1"),
        "shared": users["member"].contact,
        "own_contact": users["customer"].contact,
        "user": users["idle"],
        "colleague": users["member"],
        "invited": make_invitation_token(company),
        "invitation": invite_user(
            NewUser(email="invited@desk.example", name=mark_of("invitation"), company=company), by=None, at=now()
        ),
        "provider": make_provider(company, name=mark_of("provider")),
        "passkey": make_passkey(make_agent(company)),
        "template": make_template(name=mark_of("template")),
        "outgoing_server": make_outgoing_server(name=mark_of("outgoing_server")),
        "incoming_server": make_incoming_server(name=mark_of("incoming_server")),
        "key": _named(make_api_key(users["member"]), "key"),
        "webhook": webhook,
        "delivery": make_delivery(webhook),
        "activity": make_activity(ticket, users["member"], due_on=now().date(), summary=mark_of("activity")),
        "hidden_activity": make_activity(
            hidden, users["guest"], due_on=now().date(), summary=mark_of("hidden_activity")
        ),
        "notification": _mention(ticket, users["member"]),
        "audit": AuditEntry.objects.create(
            at=now(), kind=AuditKind.SIGNED_IN, user=users["member"], detail=mark_of("audit")
        ),
        "activity_type": ActivityType.objects.create(name=mark_of("activity_type")),
        "canned": save_canned(CannedText("mine", mark_of("canned")), by=users["member"]),
        "favorite": save_favorite(SHARED, by=users["member"]),
        "import": _import_of(users["member"]),
        "run": _run_of(users["member"], ticket),
    }
    return things | _messages(things, users) | _mails(things) | _workforce(company, users) | _links(things, users)


def _named(record: Any, thing: str) -> Any:
    record.name = mark_of(thing)
    record.save()
    return record


def _mention(ticket: Ticket, user: User) -> Notification:
    """What tells somebody that a colleague called them."""
    draft = Draft(html=f"<p>{mark_of('notification')}</p>", author=None, mentions=[user.contact_id])
    log_note(ticket, draft, at=now())
    return Notification.objects.filter(user=user).latest("pk")


def _tickets(company: Company, users: dict[str, User]) -> dict[str, Any]:
    """``hidden`` is of a private team that ``watcher`` follows; ``guest`` follows the ticket."""
    alias = make_alias(team=make_team(company=company))
    mail = deliver(make_mail(to=alias.address, subject=mark_of("ticket")), to=alias.address)
    ticket = Ticket.objects.get(pk=mail.object_id)
    private = make_team(company=company, visibility=Visibility.PRIVATE)
    hidden = make_ticket(team=private, title=mark_of("hidden"))
    inner = make_ticket(team=make_team(company=company, visibility=Visibility.COMPANY), title=mark_of("company_ticket"))
    archived = make_ticket(team=ticket.team, title=mark_of("archived"))
    twins = {name: _ticket_of_twin(ticket.team, users[of], name) for name, of in _TWINS.items()}
    prove_address(users["customer"])
    archive_ticket(archived.pk, by=users["member"], at=now())
    for followed in (ticket, inner, archived):
        add_followers(followed, [users["customer"].contact_id])
    add_followers(hidden, [users["guest"].contact_id])
    add_followers(private, [users["watcher"].contact_id])
    return {
        "ticket": ticket,
        "hidden": hidden,
        "company_ticket": inner,
        "archived": archived,
        "incoming": mail,
        "alias": alias,
        **twins,
    }


#: Tickets of contacts with the address of a customer: of one who has proven that it is theirs, and of one who has not.
_TWINS = {"twin_ticket": "customer", "stray_ticket": "neighbour"}


def _ticket_of_twin(team: Team, user: User, thing: str) -> Ticket:
    twin = make_contact(name=f"Twin of {user.name}", email=user.email, company=team.company)
    return make_ticket(team=team, title=mark_of(thing), customer=twin)


def _messages(things: dict[str, Any], users: dict[str, User]) -> dict[str, Any]:
    ticket, hidden, at = things["ticket"], things["hidden"], now()
    member, guest = users["member"], users["guest"]
    return {
        "message": (message := reply_to_ticket(ticket.pk, _draft(member, "message", "file"), at=at)),
        "note": note_on_ticket(ticket.pk, _draft(member, "note"), at=at),
        "hidden_note": (sent := reply_to_ticket(hidden.pk, _draft(guest, "hidden_note", "hidden_file"), at=at)),
        "file": message.attachments.get(),
        "note_file": note_on_ticket(ticket.pk, _draft(member, "file_note", "note_file"), at=at).attachments.get(),
        "hidden_file": sent.attachments.get(),
    }


def _draft(author: User, thing: str, file: str = "") -> Draft:
    stored = [store_bytes(file.encode(), name=f"{mark_of(file)}.txt", mime_type="text/plain")] if file else []
    return Draft(html=f"<p>{mark_of(thing)}</p>", author=author.contact, from_internal=True, files=stored)


def _mails(things: dict[str, Any]) -> dict[str, Any]:
    """Besides ``incoming``, which became ``ticket``: those of the hidden ticket, and those that belong nowhere."""
    ticket, hidden, address = things["ticket"], things["hidden"], things["alias"].address

    def sent(name: str, *about: Ticket) -> Any:
        return make_outgoing(subject=mark_of(name), **(_about(about[0]) if about else {}))

    def came(name: str, **headers: str) -> Any:
        return deliver(make_mail(to=address, subject=mark_of(name), **headers), to=address)

    def failed(mail: Any) -> Any:
        mail.state = "failed"
        mail.save()
        return mail

    hidden_mail = came("hidden_incoming", auto_submitted="auto-replied")
    for name, value in _about(hidden).items():
        setattr(hidden_mail, name, value)
    hidden_mail.save()
    return {
        "hidden_incoming": hidden_mail,
        "lost_incoming": came("lost_incoming", auto_submitted="auto-replied"),
        "outgoing": sent("outgoing", ticket),
        "hidden_outgoing": sent("hidden_outgoing", hidden),
        "lost_outgoing": sent("lost_outgoing"),
        "failed_incoming": failed(came("failed_incoming", auto_submitted="auto-replied")),
        "failed_outgoing": failed(sent("failed_outgoing", ticket)),
    }


def _about(ticket: Model) -> dict[str, Any]:
    return {"content_type_id": records.content_type_id(ticket), "object_id": ticket.pk}


def _workforce(company: Company, users: dict[str, User]) -> dict[str, Any]:
    """``member`` is an employee whom ``guest`` leads, and would like to be away."""
    employee = make_employee(users["member"], name=mark_of("employee"), manager=make_employee(users["guest"]))
    time_off = make_time_off(employee, by=users["member"], first=date(2026, 11, 20), reason=mark_of("time_off"))
    calendar = make_calendar(company, name=mark_of("calendar"))
    return {
        "employee": employee,
        "day": add_day(calendar.pk, date(2026, 12, 24), name=mark_of("day"), is_worked=False),
        "department": save_department(mark_of("department"), company=company),
        "calendar": calendar,
        "leave_type": make_leave_type(name=mark_of("leave_type")),
        "time_off": time_off,
    }


def _links(things: dict[str, Any], users: dict[str, User]) -> dict[str, Any]:
    token = make_link_token(things["ticket"].pk, users["customer"].contact_id, at=now())
    return {"token": token, "altered": token[:-1]}


def _import_of(user: User) -> Import:
    path = default_storage.save("imports/contacts", ContentFile(b"Name\nAda\n"))
    return Import.objects.create(
        screen="contacts:list", user=user, name="contacts.csv", path=path, created_at=now(), due_at=now()
    )


def _run_of(user: User, ticket: Ticket) -> Run:
    """What somebody began to do with a ticket."""
    archive = next(action for action in TICKETS.mass_actions() if action.key == "archive")
    return start_run(TICKETS, archive, by=user, keys=[ticket.pk])
