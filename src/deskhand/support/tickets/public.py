"""What other apps may use of the tickets."""

from deskhand.support.tickets.enums import CardState, Channel, Priority
from deskhand.support.tickets.events import (
    CustomerReplied,
    StageEntered,
    TicketArchiving,
    TicketAssigned,
    TicketClosed,
    TicketCreated,
    TicketEdited,
    TicketReopened,
)
from deskhand.support.tickets.models import StageStay, Ticket, TicketLink
from deskhand.support.tickets.pages.mass import move_back
from deskhand.support.tickets.places import (
    MY_COUNTS,
    REPLY_RULES,
    TEAM_COUNTS,
    TICKET_BADGES,
    TICKET_COLUMNS,
    TICKET_FILTERS,
    TICKET_HEADER_BUTTONS,
    TICKET_MASS_ACTIONS,
    TICKET_SCORES,
    TICKET_SMART_BUTTONS,
    TICKET_TABS,
    Score,
    TicketBadges,
    TicketColumn,
    TicketCount,
    TicketScore,
    TicketTab,
)
from deskhand.support.tickets.policies import can_work_on
from deskhand.support.tickets.querysets import TicketQuerySet, number_in
from deskhand.support.tickets.services.answering import (
    answer_as_customer,
    begins_anew,
    name_successor,
    origin_of_successor,
)
from deskhand.support.tickets.services.archiving import archive_ticket, restore_ticket
from deskhand.support.tickets.services.assigning import assign_ticket
from deskhand.support.tickets.services.creating import NewTicket, Opened, create_ticket, open_ticket
from deskhand.support.tickets.services.editing import edit_ticket, set_card_state, set_priority
from deskhand.support.tickets.services.links import link_of_token, make_link_token
from deskhand.support.tickets.services.locking import locked_ticket
from deskhand.support.tickets.services.moving import move_ticket
from deskhand.support.tickets.services.talking import note_on_ticket, recipients_of, reply_to_ticket

__all__ = [
    "MY_COUNTS",
    "REPLY_RULES",
    "TEAM_COUNTS",
    "TICKET_BADGES",
    "TICKET_COLUMNS",
    "TICKET_FILTERS",
    "TICKET_HEADER_BUTTONS",
    "TICKET_MASS_ACTIONS",
    "TICKET_SCORES",
    "TICKET_SMART_BUTTONS",
    "TICKET_TABS",
    "CardState",
    "Channel",
    "CustomerReplied",
    "NewTicket",
    "Opened",
    "Priority",
    "Score",
    "StageEntered",
    "StageStay",
    "Ticket",
    "TicketArchiving",
    "TicketAssigned",
    "TicketBadges",
    "TicketClosed",
    "TicketColumn",
    "TicketCount",
    "TicketCreated",
    "TicketEdited",
    "TicketLink",
    "TicketQuerySet",
    "TicketReopened",
    "TicketScore",
    "TicketTab",
    "answer_as_customer",
    "archive_ticket",
    "assign_ticket",
    "begins_anew",
    "can_work_on",
    "create_ticket",
    "edit_ticket",
    "link_of_token",
    "locked_ticket",
    "make_link_token",
    "move_back",
    "move_ticket",
    "name_successor",
    "note_on_ticket",
    "number_in",
    "open_ticket",
    "origin_of_successor",
    "recipients_of",
    "reply_to_ticket",
    "restore_ticket",
    "set_card_state",
    "set_priority",
]
