"""What a stage writes to the customer (IN-6; RULES, Closing: stage e-mail)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.mail.public import Placeholder, TemplateKind, send_template
from deskhand.support.teams.public import Stage
from deskhand.support.tickets.public import Ticket

#: The button below every mail about a ticket (IN-6).
VIEW_THE_TICKET = _("View the ticket")
TICKET_TEMPLATES = TemplateKind(
    about="ticket",
    title=_("Ticket"),
    link_label=VIEW_THE_TICKET,
    sender="ticket.team",
    company="company.name",
    reference="ticket.number",
    placeholders=(
        Placeholder("ticket.number", _("Number"), "#00042"),
        Placeholder("ticket.title", _("Title"), _("Oven display stays dark")),
        Placeholder("ticket.url", _("Address of the page where the recipient sees the ticket"), "#"),
        Placeholder("ticket.team", _("Helpdesk Team"), _("Customer Care")),
        Placeholder("ticket.stage", _("Stage"), _("New")),
        Placeholder("ticket.assignee", _("Assigned to"), "Ingrid Aas"),
        Placeholder("customer.name", _("Name of the customer"), "Erik Solberg"),
        Placeholder("customer.email", _("Mail address of the customer"), "erik.solberg@fjordkraft.example"),
        Placeholder("company.name", _("Name of your company, for customers"), "Nordlys Home"),
        Placeholder("company.phone", _("Phone of your company"), "+47 55 00 10 20"),
        Placeholder("company.website", _("Website of your company"), "https://nordlys.example"),
    ),
)


def send_stage_mail(ticket: Ticket, stage: Stage, *, at: datetime) -> None:
    """Send the stage's template to the ticket's customer, if both are there. Never for archived tickets.

    Without a template nothing is asked of the database.
    """
    template = stage.mail_template if stage.mail_template_id else None
    customer = ticket.customer if ticket.customer_id else None
    if template is None or customer is None or not customer.email or ticket.is_archived:
        return
    send_template(ticket, template, customer, values_of(ticket, stage), at=at)


def values_of(ticket: Ticket, stage: Stage) -> dict[str, str]:
    """What the placeholders of :data:`TICKET_TEMPLATES` stand for."""
    company = ticket.team.company
    customer = ticket.customer
    return {
        "ticket.number": ticket.reference,
        "ticket.title": ticket.title,
        "ticket.url": reverse("tickets:ticket", args=[ticket.pk]),
        "ticket.team": ticket.team.name,
        "ticket.stage": stage.name,
        "ticket.assignee": ticket.assignee.name if ticket.assignee else "",
        "customer.name": ticket.customer_name or (customer.name if customer else ""),
        "customer.email": ticket.customer_email or (customer.email if customer else ""),
        "company.name": company.public_name,
        "company.phone": company.phone,
        "company.website": company.website,
    }
