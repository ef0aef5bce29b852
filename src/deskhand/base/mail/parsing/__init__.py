"""Reading a mail: bytes in, what a help desk needs to know out. Never fails on a malformed mail that has any sense."""

from deskhand.base.mail.parsing.attributions import REPLY_MARKER
from deskhand.base.mail.parsing.message import parse_mail
from deskhand.base.mail.parsing.shapes import Mailbox, MailFile, MailKind, ParsedMail, UnreadableMail

__all__ = ["REPLY_MARKER", "MailFile", "MailKind", "Mailbox", "ParsedMail", "UnreadableMail", "parse_mail"]
