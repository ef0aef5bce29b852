from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.querysets import CompanyQuerySet

DOMAIN = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
    _("Enter a domain such as nordlys.example: small letters, digits, hyphens and dots."),
)


class Company(models.Model):
    """A company that uses Deskhand. Business records belong to exactly one (TEAM-9)."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    short_name = models.CharField(
        _("Name for customers"),
        max_length=60,
        blank=True,
        help_text=_("Shown on customer pages; empty = the name."),
    )
    email = models.EmailField(_("Email"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    website = models.URLField(_("Website"), blank=True)
    alias_domain = models.CharField(
        _("Alias Domain"),
        max_length=120,
        blank=True,
        validators=[DOMAIN],
        help_text=_("Mail to a team's alias at this domain becomes a ticket."),
    )
    logo = models.CharField(_("Logo"), max_length=64, blank=True, editable=False)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    created_at = models.DateTimeField(_("Created on"), auto_now_add=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Company")
        verbose_name_plural = _("Companies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """What customers know the company by."""
        return self.short_name or self.name

    @property
    def logo_url(self) -> str:
        """Where everybody finds the logo, empty without one; a new logo has a new address."""
        return f"{reverse('companies:logo', args=[self.pk])}?{self.logo[6:14]}" if self.logo else ""


class Counter(models.Model):
    """The last number given out, per company and purpose."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=40)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "purpose"], name="one_counter_per_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.value}"
