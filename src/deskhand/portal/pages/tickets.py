"""*My Account → Tickets*: the list and the page of each (CLOSE-4).

For everybody with an account: customers see what they follow in public teams, who works here what they asked for
themselves. All else is a plain 404.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import followers_of, remove_follower
from deskhand.base.contacts.public import Contact
from deskhand.portal.pages.choices import address_of, menus_of, other_page, wish_of
from deskhand.portal.pages.conversation import Doors, Visit, closing, conversation, file_of
from deskhand.portal.queries import FIELDS, letters_of, mine_of, tickets_for
from deskhand.support.tickets.public import Ticket


@never_cache
@require_safe
@login_required
def tickets(request: HttpRequest) -> HttpResponse:
    """The list. What it shows stands in its address, so that it can be kept, shared and gone back to."""
    user, wish = cast(User, request.user), wish_of(request.GET)
    found = tickets_for(user, wish)
    has_rows = any(section.rows for section in found.sections)
    shown = [letters_of(row.ticket) for section in found.sections for row in section.rows]
    context = {
        "company": user.company,
        "watched": " ".join([*(mine_of(contact) for contact in user.own_contact_ids), *shown]),
        "own": user.own_contact_ids,
        "wish": wish,
        "found": found,
        "has_rows": has_rows,
        "fields": FIELDS,
        "menus": menus_of(wish, found),
        "count": found.counts[wish.show],
        "closed_url": address_of(replace(wish, show="closed", page=1)),
        "all_url": address_of(replace(wish, words="", show="all", page=1)),
        "previous_url": other_page(wish, found.page - 1) if found.page > 1 else "",
        "next_url": other_page(wish, found.page + 1) if found.page < found.pages else "",
    }
    return render(request, "portal/tickets.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """See a ticket, and answer."""
    return conversation(request, _visit(request, pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a ticket, after saying yes (CLOSE-3)."""
    return closing(request, _visit(request, pk))


@require_POST
@login_required
def following(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow somebody else's ticket no more: no mails of it, and it leaves the list (TEAM-6).

    :raises Http404: it is one's own, or followed with all of its team.
    """
    user, found = cast(User, request.user), _ticket(request, pk)
    if not _may_leave(user, found):
        raise Http404
    for contact in user.own_contact_ids:
        remove_follower(found, contact)
    messages.success(request, _("You follow %(ticket)s no more.") % {"ticket": found.reference})
    return redirect("portal:tickets")


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int, file_pk: UUID, name: str) -> HttpResponseBase:
    """A file of a message that the customer may read."""
    del name
    return file_of(_ticket(request, pk), file_pk)


def _visit(request: HttpRequest, pk: int) -> Visit:
    user, found = cast(User, request.user), _ticket(request, pk)
    page = _page_of(found)
    doors = Doors(page, closure=reverse("portal:my-closure", args=[pk]), files=f"{page}files/")
    more = {"is_at_home": True, "may_leave": _may_leave(user, found)}
    return Visit(found, _reader(user, found), doors, f"user{user.pk}", _page_of, more, own=user.own_contact_ids)


def _page_of(ticket: Ticket) -> str:
    return reverse("portal:my-ticket", args=[ticket.pk])


def _may_leave(user: User, ticket: Ticket) -> bool:
    """One query for the ticket of somebody else, none for one's own."""
    return ticket.customer_id not in user.own_contact_ids and bool(_following_as(user, ticket))


def _reader(user: User, ticket: Ticket) -> Contact:
    """Which of their contacts answers: the one that takes part already, so that nobody gets each mail twice. No query
    for who is one contact alone."""
    if len(user.own_contact_ids) == 1:
        return user.contact
    part = [ticket.customer_id] if ticket.customer_id in user.own_contact_ids else _following_as(user, ticket)
    return Contact.objects.get(pk=part[0]) if part else user.contact


def _following_as(user: User, ticket: Ticket) -> list[int]:
    followers = followers_of(ticket)
    return [contact for contact in user.own_contact_ids if contact in followers]


def _ticket(request: HttpRequest, pk: int) -> Ticket:
    mine = Ticket.objects.own_of(request.user).select_related("team", "stage", "company", "assignee")
    return get_object_or_404(mine, pk=pk)
