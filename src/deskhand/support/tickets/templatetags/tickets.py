"""Small parts of tickets. They stand on every card of a board, so each is a string made once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskhand.kit.addresses import record_address
from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.languages import language
from deskhand.kit.ui.parts import bar
from deskhand.support.teams.public import Stage
from deskhand.support.tickets.enums import CardState, Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.queries import StageCounts

register = template.Library()
_STATE_LOOKS = {
    CardState.IN_PROGRESS: ("", "circle"),
    CardState.READY: ("ok", "circle-check"),
    CardState.BLOCKED: ("bad", "circle-x"),
}


@register.simple_tag
def set_stars(priority: int) -> SafeString:
    """Three stars to click (IN-10). The ticket's address is taken from the element around it (``data-ticket``)."""
    return _set_stars(int(priority), language())


@lru_cache(maxsize=64)
def _set_stars(priority: int, _language: str) -> SafeString:
    buttons = format_html_join(
        "",
        '<button type="button" data-priority="{}" aria-label="{}" title="{}" class="{}"{}>{}</button>',
        (
            (
                choice.value,
                choice.label,
                choice.label,
                "on" if choice <= priority else "",
                SafeString(' aria-pressed="true"') if choice == priority else "",
                icon("star-filled" if choice <= priority else "star", size="s"),
            )
            for choice in (Priority.MEDIUM, Priority.HIGH, Priority.URGENT)
        ),
    )
    label = _("Priority: %(level)s") % {"level": Priority(priority).label}
    return format_html('<span class="dh-stars" role="group" aria-label="{}">{}</span>', label, buttons)


@register.simple_tag
def card_state(state: str) -> SafeString:
    """The dot of a card, with its word for those who do not see colours."""
    return _card_state(state, language())


@lru_cache(maxsize=64)
def _card_state(state: str, _language: str) -> SafeString:
    known = CardState(state)
    tone, name = _STATE_LOOKS[known]
    return format_html(
        '<span class="dh-st {}" title="{}">{}</span>', tone, known.label, icon(name, size="s", label=str(known.label))
    )


@register.simple_tag
def card_state_dot(state: str) -> SafeString:
    """The dot beside its word, which says it already."""
    tone, name = _STATE_LOOKS[CardState(state)]
    return format_html('<span class="dh-st {}">{}</span>', tone, icon(name, size="s"))


@register.simple_tag
def state_menu(ticket: Ticket) -> SafeString:
    """The card states to choose from."""
    url = record_address("tickets:state", ticket.pk)
    return format_html_join(
        "",
        '<button type="button" class="it{}" hx-post="{}" hx-vals=\'{{"state": "{}"}}\' hx-swap="none">{}{}</button>',
        (
            (" cur" if state == ticket.card_state else "", url, state.value, card_state_dot(state), state.label)
            for state in CardState
        ),
    )


@register.simple_tag
def stage_menu(ticket: Ticket, stages: Iterable[Stage]) -> SafeString:
    """The stages to choose from, on a phone."""
    url = record_address("tickets:stage", ticket.pk)
    return SafeString(
        "".join(
            [
                f'<button type="button" class="it{" cur" if stage.pk == ticket.stage_id else ""}"'
                f' hx-post="{url}?stage={stage.pk}" hx-swap="none">{escape(stage.name)}</button>'
                for stage in stages
            ]
        )
    )


@register.simple_tag
def stage_steps(ticket: Ticket, stages: Iterable[Stage]) -> SafeString:
    """The stage bar: each stage leads there, but for the present one, and none of an archived ticket."""
    url = record_address("tickets:stage", ticket.pk)
    return SafeString("".join([_step(stage, ticket, f"{url}?stage={stage.pk}") for stage in stages]))


def _step(stage: Stage, ticket: Ticket, url: str) -> str:
    name = escape(stage.name)
    if stage.pk == ticket.stage_id:
        return f'<li class="on" aria-current="step" title="{name}"><span class="cut">{name}</span></li>'
    if ticket.is_archived:
        return f'<li title="{name}"><span class="cut">{name}</span></li>'
    return f'<li title="{name}"><button type="button" class="cut" hx-post="{url}" hx-swap="none">{name}</button></li>'


def set_card_state(state: str) -> SafeString:
    """The dot of a card, to click: the states to choose from are in the board's ``#card-states``."""
    return _set_card_state(state, language())


@lru_cache(maxsize=64)
def _set_card_state(state: str, _language: str) -> SafeString:
    known = CardState(state)
    tone, name = _STATE_LOOKS[known]
    return format_html(
        '<button type="button" class="dh-st set {}" aria-expanded="false" aria-label="{}" title="{}">{}</button>',
        tone,
        _("State: %(state)s, change it") % {"state": known.label},
        known.label,
        icon(name, size="s"),
    )


@register.simple_tag
def card_states(counts: StageCounts) -> SafeString:
    """The bar over a column: how many are ready, blocked, in progress."""
    label = ", ".join(
        [
            ngettext("%d ready", "%d ready", counts.ready) % counts.ready,
            ngettext("%d blocked", "%d blocked", counts.blocked) % counts.blocked,
            ngettext("%d in progress", "%d in progress", counts.in_progress) % counts.in_progress,
        ]
    )
    return bar(label, ok=counts.ready, bad=counts.blocked, n=counts.in_progress)
