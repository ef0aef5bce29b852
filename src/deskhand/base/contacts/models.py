from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.enums import AddressKind
from deskhand.base.contacts.querysets import ContactDistinctionQuerySet, ContactQuerySet
from deskhand.kit.choices import country_name
from deskhand.kit.hues import Hue


class ContactTag(models.Model):
    """A word that contacts are sorted by, such as *Dealer*."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    color = models.PositiveSmallIntegerField(_("Color"), choices=Hue, default=Hue.GREY)

    class Meta:
        verbose_name = _("Contact tag")
        verbose_name_plural = _("Contact tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person or company that the desk deals with; every user is one too.

    ``company`` is the company of the desk that the contact belongs to; empty: shared by all of them.
    ``email`` is stored in lower case: that is how senders are recognised. ``merged_into`` is the contact that all of
    this one was moved to; it stays, archived, so that nothing that still names it leads nowhere.
    """

    name = models.CharField(_("Name"), max_length=200)
    is_company = models.BooleanField(_("Is a company"), default=False)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Company"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        limit_choices_to=Q(is_company=True),
    )
    company = models.ForeignKey(
        Company, verbose_name=_("Used by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(_("Email"), blank=True, db_index=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    job_title = models.CharField(_("Job position"), max_length=120, blank=True)
    street = models.CharField(_("Street"), max_length=200, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=20, blank=True)
    city = models.CharField(_("City"), max_length=120, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True, help_text=_("Two letters, such as NO."))
    language = models.CharField(_("Language"), max_length=10, blank=True)
    website = models.URLField(_("Website"), blank=True)
    tags = models.ManyToManyField(ContactTag, verbose_name=_("Tags"), related_name="contacts", blank=True)
    note = models.TextField(_("Internal notes"), blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged_contacts"
    )
    created_at = models.DateTimeField(_("Created on"), auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contact")
        verbose_name_plural = _("Contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_country_display(self) -> str:
        """Its name in the reader's language: what records of changes say."""
        return country_name(self.country)


class ContactAddress(models.Model):
    """Where else a contact is: invoices, deliveries, a second house."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(_("Kind"), max_length=8, choices=AddressKind, default=AddressKind.INVOICE)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    street = models.CharField(_("Street"), max_length=200, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=20, blank=True)
    city = models.CharField(_("City"), max_length=120, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    email = models.EmailField(_("Email"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("Address")
        verbose_name_plural = _("Addresses")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.street}, {self.city}"

    def get_country_display(self) -> str:
        return country_name(self.country)


class ContactMerge(models.Model):
    """One contact became part of another. ``before`` is what stood on its sheet, ``moved`` what went along, counted."""

    survivor = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_by = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField()
    before = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)

    class Meta:
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.before.get('name', '')} → {self.survivor_id}"


class ContactDistinction(models.Model):
    """Two contacts that look like one and are not: nobody is suggested to merge them. ``one`` was there first."""

    one = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    objects = ContactDistinctionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_distinction_per_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinction_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
