"""How the mails of a ticket are drawn."""

from __future__ import annotations

from django import template

from deskhand.support.intake.pages.mails import mail_rows

register = template.Library()

register.simple_tag(mail_rows)
