"""The entries of a conversation as ready strings: a page has dozens, and a template for each was its cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deskhand.base.chatter.enums import MessageKind, Via
from deskhand.base.chatter.models import Message
from deskhand.base.chatter.queries import Day, Entry
from deskhand.base.files.public import Attachment
from deskhand.kit.addresses import record_address
from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.languages import language
from deskhand.kit.ui.moments import ago, filesize
from deskhand.kit.ui.parts import avatar, badge


def entries_by_day(days: Iterable[Day], company_name: str, me: int | None = None) -> SafeString:
    """Each day under its name. ``company_name`` stands where the desk itself has written.

    ``me`` is the contact of a colleague who reads: own notes come with what can be done with them.
    """
    drawn = [f'<div class="dh-day">{day_name(day.date)}</div>\n{_entries(day, company_name, me)}' for day in days]
    return SafeString("\n".join(drawn))


def _entries(day: Day, company_name: str, me: int | None) -> str:
    return "\n".join([_entry(entry, company_name, me) for entry in day.entries])


def _entry(entry: Entry, company_name: str, me: int | None) -> str:
    message = entry.message
    if message.kind == MessageKind.TRACK:
        return _changes(message)
    author = (message.author.name if message.author else "") or company_name
    if message.deleted_at:
        return _deleted(message, author, me)
    return _message(entry, author, _tools(message, me) if message.kind == MessageKind.NOTE else "")


# ---- what was written -----------------------------------------------------------------------------------------------


def _message(entry: Entry, author: str, tools: str) -> str:
    message = entry.message
    marks = "".join([badge(mark) for mark in entry.marks])
    subject = f'<div class="w6">{escape(message.subject)}</div>' if message.subject else ""
    reason = f'<div class="t12 ink-3 mt-1">{escape(message.reason)}</div>' if message.reason else ""
    return (
        f'<article class="dh-msg{" note" if message.kind == MessageKind.NOTE else ""}" id="message-{message.pk}">'
        f'{avatar(author, "l")}<div><div class="hd"><b class="w6">{escape(author)}</b> '
        f'<span class="t12 ink-3 row-1">{_way(message.kind, message.via, language())} {ago(message.created_at)}</span>'
        f'{marks}{tools}</div><div class="bub">{subject}<div class="dh-text" dir="auto">{message.body_html}</div>'
        f"{_quote(message)}</div>{_files(entry.files)}{reason}</div></article>"
    )


def _tools(message: Message, me: int | None) -> str:
    """*edited*, which leads to what the note said before; for its author: edit, delete."""
    edited = _history(message.pk, _("edited")) if message.edited_at and me is not None else ""
    if me is None or message.author_id != me:
        return edited
    url = record_address("chatter:note", message.pk)
    return (
        f'{edited}<span class="dh-tools-own"><button type="button" class="btn btn-ghost btn-i sm" hx-get="{url}"'
        f' hx-target="#dh-popup" aria-label="{_("Edit note")}" title="{_("Edit note")}">{icon("pencil", "s")}</button>'
        f'<button type="button" class="btn btn-ghost btn-i sm" hx-delete="{url}" hx-swap="none"'
        f' hx-confirm="{_("Delete this note?")}"'
        f' aria-label="{_("Delete note")}" title="{_("Delete note")}">{icon("trash", "s")}</button></span>'
    )


def _history(pk: int, label: str) -> str:
    url = record_address("chatter:history", pk)
    return f'<button type="button" class="dh-edited t12" hx-get="{url}" hx-target="#dh-popup">{label}</button>'


def _deleted(message: Message, author: str, me: int | None) -> str:
    words = escape(_("%(name)s deleted a note")) % {"name": f"<b>{escape(author)}</b>"}
    own = _history(message.pk, _("Show it")) if me is not None and message.author_id == me else ""
    return (
        f'<div class="dh-track" id="message-{message.pk}"><span class="ic">{icon("trash", "xs")}</span>'
        f'<div>{words} · <span class="ink-3">{time_of(message.created_at)}</span> {own}</div></div>'
    )


@lru_cache(maxsize=64)
def _way(kind: str, via: str, _language: str) -> str:
    """How it came, and whether the customer may read it."""
    if kind == MessageKind.NOTE:
        return f"{icon('lock', 'xs')}{_('Internal note')} ·"
    if via == Via.MAIL:
        return icon("mail", "xs", label=_("Email"))
    if via == Via.LINK:
        return icon("world", "xs", label=_("Customer page"))
    return f"{icon('robot', 'xs')}{_('Automatic')} ·" if via == Via.AUTOMATIC else ""


def _quote(message: Message) -> str:
    if not message.quote_html:
        return ""
    return (
        f'<details class="dh-quoted"><summary class="dh-quote">{icon("dots", "xs")}{_("Quoted text")}</summary>'
        f'<div class="dh-text ink-2" dir="auto">{message.quote_html}</div></details>'
    )


def _files(files: Iterable[Attachment]) -> str:
    drawn = "".join([_file(file) for file in files])
    return f'<div class="row-2 mt-2 wrap">{drawn}</div>' if drawn else ""


def _file(file: Attachment) -> SafeString:
    return format_html(
        '<a class="dh-att" href="{url}" title="{name}"{opening}><span class="th">{sign}</span>'
        '<span class="cut"><span class="t13 w5">{name}</span><br><span class="t12 ink-3 num">{size}</span></span></a>',
        url=file.url,
        name=file.name,
        opening=_opening(file),
        sign=_sign(file),
        size=filesize(file.size),
    )


def _opening(file: Attachment) -> SafeString:
    """A picture opens on the page, what else a browser shows in a tab of its own: what is being written stays."""
    if file.is_image:
        return SafeString(" data-preview")
    return SafeString(' target="_blank" rel="noopener"' if file.is_shown else "")


def _sign(file: Attachment) -> SafeString:
    if file.is_image:
        return format_html('<img src="{}" alt="" width="36" height="36" loading="lazy">', file.url)
    return icon("file-type-pdf" if file.mime_type == "application/pdf" else "file")


# ---- what was changed -----------------------------------------------------------------------------------------------


def _changes(message: Message) -> str:
    parts = [f"<b>{escape(message.author.name)}</b>"] if message.author else []
    parts += [message.body_html] if message.body_html else []
    parts += [_change(change) for change in message.changes]
    parts.append(f'<span class="ink-3">{time_of(message.created_at)}</span>')
    return (
        f'<div class="dh-track" id="message-{message.pk}"><span class="ic">{icon("arrow-right", "xs")}</span>'
        f"<div>{' · '.join(parts)}</div></div>"
    )


def _change(change: dict[str, Any]) -> str:
    label = escape(str(change["label"]))
    if not (change["old"] or change["new"]):
        return escape(_("%(field)s changed")) % {"field": label}
    return f"{label}: {escape(str(change['old'] or '–'))} → <b>{escape(str(change['new'] or '–'))}</b>"


# ---- when -----------------------------------------------------------------------------------------------------------


def day_name(day: date) -> str:
    """*Today*, *Yesterday*, or the date."""
    return _day_name(day, timezone.localdate(), language())


@lru_cache(maxsize=1024)
def _day_name(day: date, today: date, _language: str) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day.year == today.year:
        return formatted(day, pgettext("date format: Tue 18 Nov", "D j M"))
    return formatted(day, pgettext("date format: 18 Nov 2025", "j M Y"))


def time_of(moment: datetime) -> SafeString:
    """The time of day in the reader's zone; the day stands above."""
    return _time_of(moment, timezone.get_current_timezone(), language())


@lru_cache(maxsize=4096)
def _time_of(moment: datetime, zone: tzinfo, _language: str) -> SafeString:
    local = moment.astimezone(zone)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), formatted(local, "H:i"))
