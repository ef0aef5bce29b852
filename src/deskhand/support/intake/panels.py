"""What the intake adds to pages of others; the apps they belong to know nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from deskhand.base.accounts.public import Role, User
from deskhand.base.chatter.public import WORDINGS, Wording
from deskhand.base.companies.public import ALIAS_DOMAIN_NOTES
from deskhand.base.mail.public import (
    MAIL_ADMINISTRATORS,
    MAILBOXES,
    RECORD_MAILS,
    STANDARD_TEMPLATES,
    TEMPLATE_KINDS,
    RecordMail,
    RecordMailbox,
    can_administer_mail,
)
from deskhand.kit.screens import Column
from deskhand.kit.shell import MenuEntry
from deskhand.kit.ui.shapes import Badge, HeaderButton, SmartButton
from deskhand.support.intake.pages.addresses import domain_addresses
from deskhand.support.intake.pages.forms import AliasForm
from deskhand.support.intake.queries import came_by_mail, mails_of, original_of, team_addresses, undelivered
from deskhand.support.intake.services.delivering import TicketMailbox
from deskhand.support.intake.services.identities import identity_of, link_for, team_identity, team_link_for
from deskhand.support.intake.services.stage_mails import TICKET_TEMPLATES, VIEW_THE_TICKET, values_of
from deskhand.support.intake.services.standard import REQUEST_ACKNOWLEDGMENT
from deskhand.support.teams.public import HELPDESK_MENU, TEAM_COLUMNS, TEAM_OPTIONS, Team, TeamOption, TeamSection
from deskhand.support.tickets.public import (
    TICKET_BADGES,
    TICKET_COLUMNS,
    TICKET_HEADER_BUTTONS,
    TICKET_SMART_BUTTONS,
    TICKET_TABS,
    Ticket,
    TicketBadges,
    TicketColumn,
    TicketTab,
)

MAILBOXES.add(TicketMailbox())
RECORD_MAILS.add(
    RecordMail(
        model=Ticket,
        identity=identity_of,
        company=lambda ticket: ticket.team.company.public_name,
        reference=lambda ticket: ticket.reference,
        subject=lambda ticket: ticket.title,
        link=link_for,
        link_label=VIEW_THE_TICKET,
    )
)
RECORD_MAILS.add(
    RecordMail(
        model=Team,
        identity=team_identity,
        company=lambda team: team.company.public_name,
        reference=lambda team: team.name,
        subject=lambda team: team.name,
        link=team_link_for,
        link_label=_("View the team"),
    )
)
MAILBOXES.add(RecordMailbox(Team, company=lambda team: team.company))  # type: ignore[attr-defined]
TEMPLATE_KINDS.add(TICKET_TEMPLATES)
WORDINGS.add(
    Wording(
        Ticket,
        # An address that leads where the reader may go stands below every mail already.
        names={one.name: one.label for one in TICKET_TEMPLATES.placeholders if one.name != "ticket.url"},
        values=lambda ticket: values_of(ticket, ticket.stage),
    )
)
STANDARD_TEMPLATES.add(REQUEST_ACKNOWLEDGMENT)
MAIL_ADMINISTRATORS.add(lambda user: user.has_role("helpdesk", Role.ADMINISTRATOR))
ALIAS_DOMAIN_NOTES.add(domain_addresses, order=10)
HELPDESK_MENU.add(
    MenuEntry(_("Email Templates"), "mail:templates", under=_("Configuration"), shown_to=can_administer_mail), order=70
)
HELPDESK_MENU.add(
    MenuEntry(_("Incoming Mail"), "mail:incoming", under=_("Configuration"), shown_to=can_administer_mail), order=71
)
TEAM_OPTIONS.add(
    TeamOption(
        key="email-alias", section=TeamSection.CHANNELS, form=AliasForm, template="intake/options/email_alias.html"
    ),
    order=10,
)


def _original_mail(ticket: Ticket, user: User) -> HeaderButton | None:
    del user
    original = original_of(ticket)
    if original is None:
        return None
    return HeaderButton(
        _("Original mail"), reverse("mail:original", args=[original.pk]), icon="mail-opened", opens_popup=True
    )


def _mail_count(ticket: Ticket, user: User) -> SmartButton | None:
    del user
    count = len(mails_of(ticket))
    return (
        SmartButton(icon="mail", value=str(count), label=ngettext("Mail", "Mails", count), url="#tab-mails")
        if count
        else None
    )


def _mails_tab(ticket: Ticket, user: User) -> Mapping[str, Any] | None:
    del user
    mails = mails_of(ticket)
    return {"mails": mails, "count": len(mails)} if mails else None


def _not_delivered(ticket_ids: Sequence[int]) -> Mapping[int, Badge]:
    badge = Badge(
        _("Not delivered"), icon="mail-x", tone="bad", title=_("The last mail to the customer did not arrive.")
    )
    return dict.fromkeys(undelivered(ticket_ids), badge)


def _by_email(ticket_ids: Sequence[int]) -> Mapping[int, Badge]:
    return dict.fromkeys(came_by_mail(ticket_ids), Badge(_("Email"), icon="mail"))


TICKET_HEADER_BUTTONS.add(_original_mail, order=60)
TICKET_SMART_BUTTONS.add(_mail_count, order=60)
TICKET_TABS.add(TicketTab("mails", _("Mails"), "intake/panels/mails.html", _mails_tab), order=60)
TICKET_BADGES.add(TicketBadges("not-delivered", _not_delivered), order=60)
TEAM_COLUMNS.add(Column("alias", _("Email Alias"), load=team_addresses, width="l", card="start"), order=10)
TICKET_COLUMNS.add(TicketColumn("received-by", _("Received by"), _by_email), order=60)
