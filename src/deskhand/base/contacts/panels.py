"""What contacts are to the rest of the house: a kind of record, the Contacts app."""

from __future__ import annotations

from django.urls import reverse

from deskhand.base.contacts import shell
from deskhand.base.contacts.models import Contact
from deskhand.kit import records

shell.declare()

records.register(
    records.RecordType(
        model=Contact,
        visible_to=Contact.objects.visible_to,
        url=lambda contact: reverse("contacts:contact", args=[contact.pk]),
        title=str,
    )
)
