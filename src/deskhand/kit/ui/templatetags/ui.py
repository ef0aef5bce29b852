"""The components of Deskhand's pages. Builtins of the template engine: no ``{% load %}``.

Parts that stand often on a page are plain functions (``kit/ui/parts.py``, ``moments.py``); the others are templates
in ``kit/ui/templates/ui/``.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.context import Context

from deskhand.kit.ui import assets, fields, icons, moments, parts
from deskhand.kit.ui.context import current_app, menu_links, menu_of
from deskhand.kit.ui.shapes import HeaderButton, MenuItem, SmartButton

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(parts.avatar)
register.simple_tag(parts.stars)
register.simple_tag(parts.badge)
register.simple_tag(parts.tag)
register.simple_tag(parts.bar)
register.simple_tag(moments.ago)
register.simple_tag(moments.when)
register.simple_tag(moments.filesize)
register.simple_tag(moments.duration)
register.simple_tag(fields.control)
register.simple_tag(assets.asset)
register.simple_tag(assets.asset_url)
register.simple_tag(menu_links)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "", **attributes: Any) -> dict[str, Any]:
    """Label, control, hint and error of a form field, one below the other.

    ``label`` replaces the field's own; ``attributes`` are the control's, as for :func:`fields.control`.
    """
    return _field_context(bound, label, attributes)


@register.inclusion_tag("ui/sheet_field.html")
def sheet_field(bound: BoundField, label: str = "", **attributes: Any) -> dict[str, Any]:
    """A line of a record's sheet: the label left, the control looks like text until pointed at or focused."""
    return _field_context(bound, label, attributes)


@register.inclusion_tag("ui/field_error.html")
def field_error(bound: BoundField) -> dict[str, Any]:
    """What is wrong with a field, for places that lay out label and control themselves."""
    return {"field": bound}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """A summary that says what to put right and leads to each field; nothing when all is well."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("ui/header_button.html", takes_context=True)
def header_button(context: Context, button: HeaderButton) -> dict[str, Any]:
    """Something that can be done now: a link, a pop-up or a small form."""
    return {"button": button, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/smart_button.html")
def smart_button(button: SmartButton) -> dict[str, Any]:
    """A count that leads somewhere."""
    return {"button": button}


@register.inclusion_tag("ui/menu_item.html", takes_context=True)
def menu_item(context: Context, item: MenuItem) -> dict[str, Any]:
    """An entry of a gear menu: a link, a pop-up or a small form."""
    return {"item": item, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("shell/top_bar.html", takes_context=True)
def top_bar(context: Context) -> dict[str, Any]:
    """App switcher, the menus of the current app (``app_key`` in the context, or found by the url), user menu."""
    request = context["request"]
    shell = context["shell"]
    app = current_app(request, shell.apps, str(context.get("app_key", "")))
    return {
        "user": request.user,
        "initials": parts.initials(request.user.name),
        "shell": shell,
        "app": app,
        "menu": menu_of(request, app) if app else [],
        "csrf_token": context.get("csrf_token"),
    }


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
