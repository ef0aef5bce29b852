"""Small parts of tickets. They stand on every card of a board, so each is a string made once."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.languages import language
from deskhand.kit.ui.parts import bar
from deskhand.support.tickets.enums import CardState, Priority
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
