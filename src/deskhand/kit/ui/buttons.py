"""Buttons and menu entries that apps put on pages of others, as ready strings.

Each is what its method says: a link, a pop-up, or a small form that posts.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.shapes import HeaderButton, MenuItem, SmartButton


def smart_button(button: SmartButton) -> SafeString:
    """A count that leads somewhere."""
    return SafeString(
        f'<a href="{_text(button.url)}">{icon(button.icon)}'
        f"<span><b>{_text(button.value)}</b>{_text(button.label)}</span></a>"
    )


def header_button(button: HeaderButton, csrf_token: str) -> SafeString:
    """Something that can be done now."""
    css = f"btn {'btn-primary' if button.is_primary else 'btn-quiet'}"
    fields = "".join([_hidden(name, value) for name, value in button.fields.items()])
    return _drawn(button, css, _confirm(button), _hidden("csrfmiddlewaretoken", csrf_token) + fields)


def menu_item(item: MenuItem, csrf_token: str) -> SafeString:
    """An entry of a gear menu."""
    bad = item.is_destructive
    tone = ' data-confirm-tone="bad"' if bad and item.method == "post" else ""
    css = "it bad" if bad else "it"
    return _drawn(item, css, _confirm(item) + tone, _hidden("csrfmiddlewaretoken", csrf_token))


def _drawn(shown: HeaderButton | MenuItem, css: str, confirm: str, hidden: str) -> SafeString:
    url = _text(shown.url)
    label = f"{icon(shown.icon, 's') if shown.icon else ''}{_text(shown.label)}"
    if shown.method == "post":
        button = f'<button class="{css}">{label}</button>'
        return SafeString(f'<form method="post" action="{url}"{confirm}>{hidden}{button}</form>')
    if shown.opens_popup:
        return SafeString(f'<button type="button" class="{css}" hx-get="{url}" hx-target="#dh-popup">{label}</button>')
    return SafeString(f'<a class="{css}" href="{url}"{confirm}>{label}</a>')


def _confirm(shown: HeaderButton | MenuItem) -> str:
    return f' data-confirm="{_text(shown.confirm)}"' if shown.confirm else ""


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{_text(name)}" value="{_text(value)}">'


def _text(value: object) -> str:
    return escape(str(value))
