"""What contacts are to the rest of the house: a kind of record, the Contacts app."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts import shell
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.searching import find_contacts
from deskhand.kit import records
from deskhand.kit.search import ACTIONS, SEARCHES, Action, Search

shell.declare()

records.register(
    records.RecordType(
        model=Contact,
        visible_to=Contact.objects.visible_to,
        url=lambda contact: reverse("contacts:contact", args=[contact.pk]),
        title=str,
    )
)
SEARCHES.add(Search("contacts", _("Contacts"), "address-book", find_contacts), order=20)
ACTIONS.add(Action(_("New contact"), "plus", "contacts:new"), order=20)
