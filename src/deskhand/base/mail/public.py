"""What other apps may use of the mail."""

from deskhand.base.mail.enums import Afterwards, Outcome, Security
from deskhand.base.mail.models import IncomingMail, MailTemplate, OutgoingMail
from deskhand.base.mail.parsing import ParsedMail
from deskhand.base.mail.places import (
    MAIL_ADMINISTRATORS,
    MAIL_WISHES,
    MAILBOXES,
    RECORD_MAILS,
    STANDARD_TEMPLATES,
    TEMPLATE_KINDS,
    Delivery,
    Identity,
    Letter,
    Mailbox,
    Placeholder,
    RecordMail,
    StandardTemplate,
    TemplateKind,
    Thread,
)
from deskhand.base.mail.policies import can_administer_mail
from deskhand.base.mail.queries import (
    MessageDelivery,
    Undelivered,
    delivery_of,
    mail_sources,
    outcome_badge,
    sending_badge,
)
from deskhand.base.mail.services.joining import RecordMailbox, draft_of
from deskhand.base.mail.services.outbox import Notice, queue_notice
from deskhand.base.mail.services.reading import read_mail
from deskhand.base.mail.services.receiving import receive_mail
from deskhand.base.mail.services.records import write_about
from deskhand.base.mail.services.reply_tokens import without_tag
from deskhand.base.mail.services.servers import (
    IncomingDetails,
    OutgoingDetails,
    save_incoming_server,
    save_outgoing_server,
    set_server_active,
)
from deskhand.base.mail.services.templates import send_template, standard_template
from deskhand.base.mail.services.trying import try_servers_in_use

__all__ = [
    "MAILBOXES",
    "MAIL_ADMINISTRATORS",
    "MAIL_WISHES",
    "RECORD_MAILS",
    "STANDARD_TEMPLATES",
    "TEMPLATE_KINDS",
    "Afterwards",
    "Delivery",
    "Identity",
    "IncomingDetails",
    "IncomingMail",
    "Letter",
    "MailTemplate",
    "Mailbox",
    "MessageDelivery",
    "Notice",
    "Outcome",
    "OutgoingDetails",
    "OutgoingMail",
    "ParsedMail",
    "Placeholder",
    "RecordMail",
    "RecordMailbox",
    "Security",
    "StandardTemplate",
    "TemplateKind",
    "Thread",
    "Undelivered",
    "can_administer_mail",
    "delivery_of",
    "draft_of",
    "mail_sources",
    "outcome_badge",
    "queue_notice",
    "read_mail",
    "receive_mail",
    "save_incoming_server",
    "save_outgoing_server",
    "send_template",
    "sending_badge",
    "set_server_active",
    "standard_template",
    "try_servers_in_use",
    "without_tag",
    "write_about",
]
