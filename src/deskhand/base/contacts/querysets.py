from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from deskhand.base.companies.public import Company
    from deskhand.base.contacts.models import Contact, ContactDistinction


class ContactQuerySet(models.QuerySet["Contact"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_address(self, address: str) -> Self:
        """Contacts that write from this mail address, the oldest first."""
        return self.filter(email=address.strip().lower()).order_by("-is_active", "pk")

    def used_by(self, company: Company) -> Self:
        """Contacts of a company of the desk, and those that all of them share."""
        return self.filter(Q(company=company) | Q(company=None))

    def named(self, name: str) -> Self:
        """Contacts of exactly this name, whatever the capitals, the oldest first."""
        return self.filter(name__iexact=name.strip()).order_by("pk")

    def companies(self) -> Self:
        return self.filter(is_company=True)

    def matching(self, words: str) -> Self:
        """Contacts in whose name, company's name, address, number or tags every word stands, whatever the capitals."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(email__icontains=word)
                | Q(phone__icontains=word)
                | Q(parent__name__icontains=word)
                | Q(pk__in=self.model.tags.through.objects.filter(contacttag__name__icontains=word).values("contact"))
            )
        return found

    def sharing_address(self, contact: Contact) -> Self:
        """Other active contacts that write from the same mail address; none if it has no address."""
        if not contact.email:
            return self.none()
        return self.active().filter(email=contact.email).exclude(pk=contact.pk)

    def visible_to(self, user: Any) -> Self:
        """Internal users see the contacts of their companies and the shared ones; others only themselves."""
        if not user.is_authenticated:
            return self.none()
        if not user.is_internal:
            return self.filter(pk=user.contact_id)
        return self.filter(Q(company=None) | Q(company__in=user.company_ids))


class ContactDistinctionQuerySet(models.QuerySet["ContactDistinction"]):
    def of(self, contact: Contact) -> Self:
        """Whom the contact is not, and who is not the contact."""
        return self.filter(Q(one=contact.pk) | Q(other=contact.pk))

    def among(self, contact_ids: Iterable[int]) -> Self:
        """Pairs of these contacts."""
        pks = list(contact_ids)
        return self.filter(one__in=pks, other__in=pks)

    def between(self, contacts: ContactQuerySet) -> Self:
        """Pairs of these contacts, such as those that somebody sees."""
        pks = contacts.order_by().values("pk")
        return self.filter(one__in=pks, other__in=pks)
