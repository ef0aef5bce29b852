"""Tickets out of a file, such as the open cases of another desk. Their customers get no mail (RULES, Closing)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from deskhand.base.accounts.public import User
from deskhand.base.contacts.public import contact_of_sender, contact_of_typed
from deskhand.kit.html import text_to_html
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.importing import Importer, LabelledField, ManyNamedField, NamedField, Values
from deskhand.support.teams.public import Stage, Tag, Team
from deskhand.support.tickets.enums import Channel, Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.creating import NewTicket, create_ticket
from deskhand.support.tickets.services.editing import edit_ticket
from deskhand.support.tickets.services.moving import StageOfOtherTeam


class _NumberField(forms.CharField):
    """``42`` or ``#00042``."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().lstrip("#")
        if text and not (text.isdecimal() and len(text) < 16):
            raise forms.ValidationError(_("A number looks like 42 or #00042."))
        return int(text) if text else None


def _fields(user: Any) -> dict[str, forms.Field]:
    teams = Team.objects.visible_to(user).active()
    agents = User.objects.with_role("helpdesk").filter(companies__in=user.company_ids).distinct()
    stages = Stage.objects.active().filter(teams__in=teams).distinct()
    return {
        "number": _NumberField(label=_("#"), required=False),
        "title": forms.CharField(label=_("Title"), max_length=500),
        "team": NamedField(lambda name: teams.filter(name__iexact=name), label=_("Helpdesk Team")),
        "stage": forms.CharField(label=_("Stage"), max_length=80, required=False, validators=[_known(stages)]),
        "priority": LabelledField(lambda: Priority.choices, label=_("Priority"), required=False),
        "assignee": NamedField(
            lambda name: agents.filter(Q(name__iexact=name) | Q(email__iexact=name)),
            label=_("Assigned to"),
            required=False,
        ),
        "tags": ManyNamedField(lambda name: Tag.objects.filter(name__iexact=name), label=_("Tags"), required=False),
        "customer_name": forms.CharField(label=_("Customer"), max_length=200, required=False),
        "customer_email": forms.EmailField(label=_("Email"), required=False),
        "customer_phone": forms.CharField(label=_("Phone"), max_length=40, required=False),
        "description": forms.CharField(label=_("Description"), required=False),
    }


def _known(stages: Any) -> Any:
    names = {name.casefold() for name in stages.values_list("name", flat=True)}

    def check(name: str) -> None:
        if name.casefold() not in names:
            raise forms.ValidationError(_("There is no stage “%(name)s”.") % {"name": name})

    return check


def _create(values: Values, doing: Doing) -> Ticket:
    team = values["team"]
    email, name = values.get("customer_email", ""), values.get("customer_name", "")
    customer = (
        contact_of_sender(email=email, name=name, company=team.company)
        if email
        else contact_of_typed(name, company=team.company)
    )
    new = NewTicket(
        team=team,
        title=values["title"],
        description=text_to_html(values.get("description", "")),
        customer=customer,
        customer_name=name,
        customer_email=email,
        customer_phone=values.get("customer_phone", ""),
        priority=values.get("priority") or Priority.LOW,
        tags=values.get("tags", ()),
        stage=_stage(team, values.get("stage", "")),
        assignee=values.get("assignee"),
        channel=Channel.FILE,
        origin=_("Ticket imported"),
    )
    return create_ticket(new, by=doing.user, at=doing.at)


def _update(ticket: Ticket, values: Values, doing: Doing) -> None:
    """All but the stage: moving a ticket may write to its customer, which an import never does."""
    plain = {name: value for name, value in values.items() if name not in {"number", "stage"}}
    if "description" in plain:
        plain["description"] = text_to_html(plain["description"])
    if plain.get("priority", 0) == "":
        del plain["priority"]
    edit_ticket(ticket.pk, plain, by=doing.user, at=doing.at)


def _stage(team: Team, name: str) -> Stage | None:
    if not name:
        return None
    found: Stage | None = team.stages.active().filter(name__iexact=name).first()
    if found is None:
        raise StageOfOtherTeam
    return found


TICKET_IMPORTER = Importer(
    fields=_fields,
    create=_create,
    update=_update,
    keys=("number",),
    examples={
        "title": "Oven display stays dark",
        "customer_name": "Ada Example",
        "customer_email": "ada@customer.example",
    },
)
