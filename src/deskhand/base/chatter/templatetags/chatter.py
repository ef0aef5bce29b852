"""How a conversation is drawn."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.template.context import Context
from django.utils.safestring import SafeString

from deskhand.base.chatter.pages.entries import entries_by_day
from deskhand.base.chatter.pages.views.conversation import drawn_chat, drawn_presence

register = template.Library()

register.simple_tag(entries_by_day)


@register.simple_tag(takes_context=True)
def conversation(context: Context, record: Model) -> SafeString:
    """The conversation beside a record whose page is no declared screen."""
    return drawn_chat(context["request"], record)


@register.simple_tag
def presence(record: Model) -> SafeString:
    """Who else looks at a record whose page is no declared screen."""
    return drawn_presence(record)
