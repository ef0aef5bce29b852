"""A card of a board, as a ready string: a page has more than a hundred, and a template for each was its cost."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString

from deskhand.kit.ui.parts import avatar, badge, tag
from deskhand.kit.ui.shapes import Badge
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.queries import TagOfTicket
from deskhand.support.tickets.templatetags.tickets import set_card_state, set_stars


def card(ticket: Ticket, *, url: str, tags: Iterable[TagOfTicket], badges: Iterable[Badge]) -> SafeString:
    """Title on two lines, number and customer, tags, then stars left; badges, state and face right.

    Asks the database nothing: ``ticket`` comes with its assignee.
    """
    title = escape(ticket.title)
    labels = "".join([tag(one) for one in tags])
    tags_line = f'<div class="tags">{labels}</div>' if labels else ""
    shown = "".join([badge(one) for one in badges])
    face = avatar(ticket.assignee.name if ticket.assignee else "")
    state, stars = set_card_state(ticket.card_state), set_stars(ticket.priority)
    return SafeString(
        f'<li class="dh-card" id="ticket-{ticket.pk}" data-ticket="{url}" data-id="{ticket.pk}" tabindex="0"'
        f' aria-label="{title}">'
        f'<h3 dir="auto"><a href="{url}" title="{title}" tabindex="-1">{title}</a></h3>'
        f'<div class="sub"><span class="num">{ticket.reference}</span>'
        f'<bdi class="cut">{escape(ticket.customer_name)}</bdi></div>'
        f'{tags_line}<div class="ft">{stars}<span class="grow"></span>{shown}{state}{face}</div></li>'
    )
