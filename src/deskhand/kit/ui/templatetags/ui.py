"""The components of Deskhand's pages. Builtins of the template engine: no ``{% load %}``.

Parts that stand often on a page are plain functions (``kit/ui/parts.py``, ``moments.py``); the others are templates
in ``kit/ui/templates/ui/``.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from deskhand.kit.ui import assets, buttons, fields, icons, moments, parts
from deskhand.kit.ui.context import menu_links
from deskhand.kit.ui.shapes import HeaderButton, MenuItem
from deskhand.kit.ui.top_bar import drawn_top_bar

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(parts.avatar)
register.simple_tag(parts.stars)
register.simple_tag(parts.badge)
register.simple_tag(parts.tag)
register.simple_tag(parts.bar)
register.simple_tag(parts.upload_words)
register.simple_tag(moments.ago)
register.simple_tag(moments.when)
register.simple_tag(moments.filesize)
register.simple_tag(moments.duration)
register.simple_tag(fields.control)
register.simple_tag(fields.error, name="field_error")
register.simple_tag(assets.asset)
register.simple_tag(assets.asset_url)
register.simple_tag(menu_links)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "", **attributes: Any) -> dict[str, Any]:
    """Label, control, hint and error of a form field, one below the other.

    ``label`` replaces the field's own; ``attributes`` are the control's, as for :func:`fields.control`.
    """
    return _field_context(bound, label, attributes)


@register.simple_tag
def popup_ids(form: BaseForm | None) -> str:
    """Give the fields of a pop-up's form ids of their own: the page beneath it may have a form with the same fields."""
    if form:
        form.auto_id = "popup_%s"
    return ""


@register.simple_tag
def sheet_field(bound: BoundField, label: str = "", **attributes: Any) -> SafeString:
    """A line of a record's sheet: the label left, the control looks like text until pointed at or focused."""
    if fields.kind_of(bound) in {"plain", "check"}:
        return fields.sheet_line(bound, str(label or bound.label), **attributes)
    return render_to_string("ui/sheet_field.html", _field_context(bound, label, attributes))


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """A summary that says what to put right and leads to each field; nothing when all is well."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


register.simple_tag(buttons.smart_button)


@register.simple_tag(takes_context=True)
def header_button(context: Context, button: HeaderButton) -> SafeString:
    """Something that can be done now: a link, a pop-up or a small form."""
    return buttons.header_button(button, _csrf_token(context))


@register.simple_tag(takes_context=True)
def menu_item(context: Context, item: MenuItem) -> SafeString:
    """An entry of a gear menu: a link, a pop-up or a small form."""
    return buttons.menu_item(item, _csrf_token(context))


@register.simple_tag(takes_context=True)
def top_bar(context: Context) -> SafeString:
    """App switcher, the menus of the current app (``app_key`` in the context, or found by the url), user menu."""
    return drawn_top_bar(
        context["request"],
        context["shell"],
        app_key=str(context.get("app_key", "")),
        csrf_token=_csrf_token(context),
    )


def _csrf_token(context: Context) -> str:
    return str(context.get("csrf_token") or "")


def _field_context(bound: BoundField, label: str, attributes: dict[str, Any]) -> dict[str, Any]:
    kind = fields.kind_of(bound)
    return {
        "field": bound,
        "kind": kind,
        "control": "" if kind in {"hidden", "choices"} else fields.control(bound, **attributes),
        "label": label or bound.label,
        "choices": fields.choices_of(bound),
        "max_upload_mb": settings.MAX_UPLOAD_BYTES // 1_000_000,
    }
