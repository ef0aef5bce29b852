"""What employees and their time are to the rest of the house: kinds of record, two apps, a section of the settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.companies.public import SETTINGS_SECTIONS, SettingsSection
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import RECORD_MAILS, Identity, RecordMail
from deskhand.base.workforce import shell
from deskhand.base.workforce.models import Employee, TimeOff, WorkingCalendar
from deskhand.base.workforce.pages.forms import WorkOrganizationSection
from deskhand.kit import records
from deskhand.kit.kept import KEPT_FILES

shell.declare()

for _model, _route in (
    (Employee, "workforce:employee"),
    (WorkingCalendar, "workforce:calendar"),
    (TimeOff, "workforce:time-off"),
):
    records.register(
        records.RecordType(
            model=_model,
            visible_to=_model.objects.visible_to,
            url=lambda record, route=_route: reverse(route, args=[record.pk]),  # type: ignore[misc]
            title=str,
        )
    )


def _identity(time_off: TimeOff) -> Identity:
    """The company itself; nobody reads an answer, the page is where one answers."""
    company = time_off.employee.company
    return Identity(company.public_name, company.email or settings.SERVER_EMAIL, takes_replies=False)


def _link(time_off: TimeOff, contact: Contact) -> str:
    user: Any = getattr(contact, "user", None)
    seen = user is not None and TimeOff.objects.visible_to(user).filter(pk=time_off.pk).exists()
    return settings.SITE_URL + reverse("workforce:time-off", args=[time_off.pk]) if seen else ""


RECORD_MAILS.add(
    RecordMail(
        model=TimeOff,
        identity=_identity,
        company=lambda time_off: time_off.employee.company.public_name,
        reference=lambda time_off: time_off.type.name,
        subject=lambda time_off: _("Time off of %(name)s") % {"name": time_off.employee.name},
        link=_link,
        link_label=gettext_lazy("View the request"),
    )
)
SETTINGS_SECTIONS.add(
    SettingsSection(
        "employees", gettext_lazy("Employees"), WorkOrganizationSection, "workforce/sections/work_organization.html"
    ),
    order=30,
)
KEPT_FILES.add(lambda: Employee.objects.exclude(photo="").values_list("photo", flat=True).iterator())
