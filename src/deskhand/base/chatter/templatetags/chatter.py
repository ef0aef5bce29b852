"""How a conversation writes its days and times."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def day_name(day: date) -> str:
    """*Today*, *Yesterday*, or the date."""
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return date_format(day, "D j M" if day.year == today.year else "j M Y")


@register.simple_tag
def time_of(moment: datetime) -> SafeString:
    """The time of day in the reader's zone; the day stands above."""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(local, "H:i"))
