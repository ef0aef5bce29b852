"""Contacts in the search of the whole desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from deskhand.base.contacts.models import Contact
from deskhand.kit.search import MOST, Found, Hit, words_of


def find_contacts(user: Any, typed: str, start: int, most: int) -> Found:
    """Active contacts by name, company, address or number, by name. Two queries."""
    if not words_of(typed) or not user.is_internal:
        return Found([], 0)
    found = Contact.objects.visible_to(user).active().matching(typed).order_by("name", "pk")
    shown = found.select_related("parent")[start : start + most]
    return Found([_hit(contact) for contact in shown], found[:MOST].count())


def _hit(contact: Contact) -> Hit:
    company = contact.parent.name if contact.parent else ""
    return Hit(
        title=contact.name,
        url=reverse("contacts:contact", args=[contact.pk]),
        detail=" · ".join(filter(None, [company, contact.email, contact.phone])),
    )
