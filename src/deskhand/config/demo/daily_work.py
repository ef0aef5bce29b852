"""What lies on the desks of the demo's people today: texts they use, calls to make, colleagues who ask."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskhand.base.accounts.public import User
from deskhand.base.activities.public import ActivityType, Plan, schedule_activity
from deskhand.base.chatter.public import CannedText, Draft, Sharing, save_canned
from deskhand.base.notifications.public import mark_read
from deskhand.config.demo.founding import Cast
from deskhand.config.demo.playing import note_as_sent
from deskhand.support.tickets.public import Ticket, note_on_ticket

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
#: Notifications older than this have been read.
_READ_AFTER = timedelta(days=1)


def add_daily_work(cast: Cast, *, at: datetime) -> None:
    """Canned responses, activities on the newest open tickets, and a colleague who is called by name."""
    _write_texts(cast)
    tickets = list(Ticket.objects.filter(company=cast.company).open().exclude(assignee=None).order_by("-created_at"))
    for ticket, (kind, summary, days) in zip(tickets, _TO_DO, strict=False):
        _plan(ticket, kind, summary, at=at, days=days)
    if tickets:
        _call_somebody(cast, tickets[0], at=at - timedelta(minutes=12))
    for ticket in tickets[: len(_TO_DO)]:
        note_as_sent(ticket)
    for user in cast.users.values():
        mark_read(user, at=at, until=at - _READ_AFTER)


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


def _helpers(cast: Cast) -> list[User]:
    """Who works in the Helpdesk, by name."""
    working = [user for user in cast.users.values() if user.has_role("helpdesk")]
    return sorted(working, key=lambda user: user.name)
