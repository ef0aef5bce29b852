"""How values look in a list: strings made once per cell, no template.

Hot: a page has some 600 of them. That is why markup is put together from escaped parts here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from deskhand.kit.ui import moments, parts
from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.shapes import Badge

#: Nothing to say. Read aloud as nothing, too.
NOTHING = SafeString('<span class="ink-3" aria-hidden="true">–</span>')


def shown(value: Any) -> SafeString:
    """Whatever it is as text; a badge as a badge. Names keep their own direction."""
    if value is None or value == "":
        return SafeString()
    return parts.badge(value) if isinstance(value, Badge) else SafeString(f"<bdi>{escape(str(value))}</bdi>")


def _number(value: float | None) -> SafeString:
    if value is None:
        return SafeString()
    return format_html('<span class="ink-3">{}</span>' if not value else "{}", number_format(value))


def _reference(value: Any) -> SafeString:
    return format_html('<span class="ink-2">{}</span>', value)


def _person(name: Any) -> SafeString:
    if not name:
        return format_html('<span class="ink-3">{}</span>', gettext("Unassigned"))
    face = parts.avatar(str(name), "s", beside=True)
    return SafeString(f'<span class="row-2">{face}<span class="cut"><bdi>{escape(str(name))}</bdi></span></span>')


def _check(value: bool | None) -> SafeString:  # noqa: FBT001
    return icon("check", "s", label=gettext("Yes")) if value else NOTHING


def _tags(tags: Iterable[parts.Tag]) -> SafeString:
    return format_html_join(" ", "{}", ((parts.tag(tag),) for tag in tags))


def _ago(moment: datetime | None) -> SafeString:
    return SafeString(f'<span class="ink-2">{moments.ago(moment)}</span>') if moment else SafeString()


def _when(moment: datetime | date | None) -> SafeString:
    return moments.when(moment)


#: What a column's ``kind`` can be → how its values are drawn. Every function escapes what it is given.
KINDS: Mapping[str, Callable[[Any], SafeString]] = {
    "text": shown,
    "number": _number,
    "reference": _reference,
    "person": _person,
    "check": _check,
    "stars": parts.stars,
    "badge": shown,
    "tags": _tags,
    "ago": _ago,
    "when": _when,
}
