"""Texts of the desk, as customers may read them."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def by_link(html: str, files_url: str) -> SafeString:
    """Pictures of a stored (cleaned) text by the address that the reader has for files, instead of the agents' one."""
    return mark_safe(html.replace('src="/files/', f'src="{files_url}'))
