"""How a conversation is drawn."""

from __future__ import annotations

from django import template

from deskhand.base.chatter.pages.entries import entries_by_day

register = template.Library()

register.simple_tag(entries_by_day)
