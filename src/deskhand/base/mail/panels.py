"""What the mail adds to the house: marks in conversations, and its entries in the settings' menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import MESSAGE_MARKS
from deskhand.base.companies.public import (
    ALIAS_DOMAIN_NOTES,
    SETTINGS_MENU,
    SETTINGS_SECTIONS,
    SettingsSection,
    can_configure,
)
from deskhand.base.contacts.public import CONTACT_REFERENCES, Contact, plain_reference
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.pages.dns import domain_records
from deskhand.base.mail.pages.server_forms import CustomServersSection
from deskhand.base.mail.places import MAIL_ADMINISTRATORS
from deskhand.base.mail.policies import can_administer_mail
from deskhand.base.mail.queries import MessageDelivery, delivery_of
from deskhand.base.mail.services.records import write_about
from deskhand.kit.shell import MenuEntry
from deskhand.kit.ui.shapes import Badge

_MAIL = gettext_lazy("Email")


def _marks(message_ids: Sequence[int]) -> Mapping[int, Badge]:
    return {pk: _mark(delivery) for pk, delivery in delivery_of(message_ids).items()}


def _mark(delivery: MessageDelivery) -> Badge:
    if delivery.failed:
        reasons = " ".join(f"{mail.address}: {mail.reason}" for mail in delivery.failed)
        return Badge(_("Not delivered"), icon="mail-x", tone="bad", title=reasons)
    if delivery.troubled:
        reasons = " ".join(f"{mail.address}: {mail.reason}" for mail in delivery.troubled)
        return Badge(_("Will be tried again"), icon="mail-pause", tone="soon", title=reasons)
    if delivery.waiting:
        return Badge(_("Being sent"), icon="mail-forward", title=", ".join(delivery.waiting))
    count = len(delivery.sent)
    label = ngettext("Sent to %(count)s", "Sent to %(count)s", count) % {"count": count}
    return Badge(label, icon="mail-check", title=", ".join(delivery.sent))


write_about(Contact)
write_about(User)
MESSAGE_MARKS.add(_marks)
CONTACT_REFERENCES.add(plain_reference(gettext_lazy("Mails"), OutgoingMail, "to_contact"))
MAIL_ADMINISTRATORS.add(can_configure)
for _title, _url_name, _order in (
    (gettext_lazy("Email Templates"), "mail:templates", 50),
    (gettext_lazy("Incoming Mail"), "mail:incoming", 51),
    (gettext_lazy("Outgoing Mail"), "mail:outgoing", 52),
):
    SETTINGS_MENU.add(MenuEntry(_title, _url_name, under=_MAIL, shown_to=can_administer_mail), order=_order)
for _title, _url_name, _order in (
    (gettext_lazy("Outgoing Mail Servers"), "mail:outgoing-servers", 53),
    (gettext_lazy("Incoming Mail Servers"), "mail:incoming-servers", 54),
):
    SETTINGS_MENU.add(MenuEntry(_title, _url_name, under=_MAIL, shown_to=can_configure), order=_order)
SETTINGS_SECTIONS.add(
    SettingsSection(
        "mail-servers", gettext_lazy("Mail Servers"), CustomServersSection, "mail/sections/custom_servers.html"
    ),
    order=25,
)
ALIAS_DOMAIN_NOTES.add(domain_records, order=20)
