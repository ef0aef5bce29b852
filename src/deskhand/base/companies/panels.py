"""What companies are to the rest of the house: a kind of record, the Settings app, sections of its first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies import shell
from deskhand.base.companies.models import Company
from deskhand.base.companies.pages.forms import CompanySection, EmailSection
from deskhand.base.companies.places import SETTINGS_SECTIONS, SettingsSection
from deskhand.kit import records
from deskhand.kit.kept import KEPT_FILES

shell.declare()

records.register(
    records.RecordType(
        model=Company,
        visible_to=Company.objects.visible_to,
        url=lambda company: reverse("companies:company", args=[company.pk]),
        title=str,
    )
)

SETTINGS_SECTIONS.add(
    SettingsSection("company", _("Company"), CompanySection, "companies/sections/company.html"), order=10
)
SETTINGS_SECTIONS.add(SettingsSection("email", _("Email"), EmailSection, "companies/sections/email.html"), order=20)
KEPT_FILES.add(lambda: Company.objects.exclude(logo="").values_list("logo", flat=True).iterator())
