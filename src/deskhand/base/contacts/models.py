from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.querysets import ContactQuerySet


class Contact(models.Model):
    """A person or company that the desk deals with; every user is one too.

    ``company`` is the company of the desk that the contact belongs to; empty: shared by all of them.
    ``email`` is stored in lower case: that is how senders are recognised.
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
    note = models.TextField(_("Internal notes"), blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    created_at = models.DateTimeField(_("Created on"), auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contact")
        verbose_name_plural = _("Contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
