"""What lies on the desks of the demo's people today: texts they use, calls to make, what they have done already."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from deskhand.base.accounts.public import User
from deskhand.base.activities.public import ActivityType, Plan, schedule_activity
from deskhand.base.chatter.public import CannedText, Draft, Sharing, save_canned
from deskhand.base.notifications.public import mark_read
from deskhand.config.demo.founding import Cast
from deskhand.config.demo.playing import note_as_sent
from deskhand.home.public import set_daily_target
from deskhand.support.closing.public import close_ticket
from deskhand.support.tickets.public import Ticket, assign_ticket, note_on_ticket

_TEXTS = (
    ("serial", "Dear {{ customer.name }},\n\ncould you send us a photo of the type plate? It is inside of the door."),
    (
        "thanks",
        "Dear {{ customer.name }},\n\nthank you for {{ ticket.number }}. We look into it today.",
    ),
    ("visit", "Our technician comes to you. Please tell us two days that suit you; a visit takes about an hour."),
)
#: Type, what, and days from today.
_TO_DO = (
    ("Call", "Ask whether the part fits", -2),
    ("To-Do", "Order the door sensor", 0),
    ("Call", "Agree on a day for the visit", 0),
    ("Meeting", "Look at the photos together", 1),
    ("Email", "Send the price of the repair", 3),
    ("To-Do", "Check the stock of hoses", 6),
)
#: Who, how many tickets they took over from colleagues this week, their target of the day, and how many are closed.
_TODAY = (
    ("amara@nordlys.example", 6, 8, 3),
    ("jonas@nordlys.example", 0, 6, 2),
    ("wei@nordlys.example", 0, 10, 4),
    ("katharina@nordlys.example", 0, None, 1),
    ("tomas@nordlys.example", 0, 3, 3),
)
_BETWEEN_TWO = timedelta(minutes=23)
#: Notifications older than this have been read.
_READ_AFTER = timedelta(days=1)


def add_daily_work(cast: Cast, *, at: datetime) -> None:
    """Canned responses, activities on the newest open tickets, a colleague who is called by name, closed tickets."""
    _write_texts(cast)
    tickets = list(_taken(cast))
    for ticket, (kind, summary, days) in zip(tickets, _TO_DO, strict=False):
        _plan(ticket, kind, summary, at=at, days=days)
    if tickets:
        _call_somebody(cast, tickets[0], at=at - timedelta(minutes=12))
    for ticket in tickets[: len(_TO_DO)]:
        note_as_sent(ticket)
    _work_through(cast, tickets[len(_TO_DO) :], at=at)
    for user in cast.users.values():
        mark_read(user, at=at, until=at - _READ_AFTER)


def _taken(cast: Cast) -> QuerySet[Ticket]:
    """Open tickets that somebody works on, the newest first."""
    tickets = Ticket.objects.filter(company=cast.company).open().exclude(assignee=None)
    return tickets.select_related("assignee", "team").order_by("-created_at")


def _write_texts(cast: Cast) -> None:
    owner = _helpers(cast)[0]
    for shortcut, text in _TEXTS[:2]:
        save_canned(CannedText(shortcut, text, Sharing.ALL), by=owner)
    shortcut, text = _TEXTS[2]
    save_canned(CannedText(shortcut, text, Sharing.GROUP, cast.teams["care"]), by=owner)


def _plan(ticket: Ticket, kind: str, summary: str, *, at: datetime, days: int) -> None:
    assignee = ticket.assignee
    if assignee is None:
        return
    due_on = (at + timedelta(days=days)).date()
    plan = Plan(ActivityType.objects.get(name=kind), due_on, assignee, summary)
    schedule_activity(ticket, plan, by=assignee, at=max(ticket.created_at, at - timedelta(days=3)))


def _call_somebody(cast: Cast, ticket: Ticket, *, at: datetime) -> None:
    """Somebody who sees the ticket asks its assignee."""
    asking = next(user for user in _helpers(cast) if user.pk != ticket.assignee_id)
    asked = ticket.assignee
    if asked is None:
        return
    draft = Draft(
        html=f"<p><b>@{asked.name}</b> could you call the customer before noon?</p>",
        author=asking.contact,
        from_internal=True,
        mentions=[asked.contact_id],
    )
    note_on_ticket(ticket.pk, draft, at=at)


def _work_through(cast: Cast, tickets: list[Ticket], *, at: datetime) -> None:
    """Some take over what others have too much of, and close, since they came, what has waited longest."""
    waiting = tickets[::-1]
    for email, taken, target, closed in _TODAY:
        user = cast.users[email]
        set_daily_target(user, target)
        others = [ticket for ticket in waiting if ticket.team == cast.teams["care"] and ticket.assignee != user]
        for ticket in others[: 2 * taken : 2]:
            assign_ticket(ticket.pk, user, by=user, at=max(ticket.created_at, at - timedelta(hours=5)))
            ticket.assignee = user
        own = [ticket for ticket in waiting if ticket.assignee == user]
        for place, ticket in enumerate(own[:closed], start=1):
            close_ticket(ticket.pk, by=user, at=max(ticket.created_at, at - place * _BETWEEN_TWO))
            note_as_sent(ticket)


def _helpers(cast: Cast) -> list[User]:
    """Who works in the Helpdesk, by name."""
    working = [user for user in cast.users.values() if user.has_role("helpdesk")]
    return sorted(working, key=lambda user: user.name)
