"""What other apps may use of the closing."""

from deskhand.support.closing.enums import OnReply
from deskhand.support.closing.policies import may_close
from deskhand.support.closing.queries import closing_stage
from deskhand.support.closing.services.closing import close_by_customer, close_ticket, reopen_ticket
from deskhand.support.closing.services.rules import set_customer_closing, set_reply_rule

__all__ = [
    "OnReply",
    "close_by_customer",
    "close_ticket",
    "closing_stage",
    "may_close",
    "reopen_ticket",
    "set_customer_closing",
    "set_reply_rule",
]
