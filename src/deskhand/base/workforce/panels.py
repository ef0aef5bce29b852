"""What employees and their time are to the rest of the house: kinds of record, two apps, a section of the settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.chatter.public import CONVERSATIONS, Conversation
from deskhand.base.companies.public import SETTINGS_SECTIONS, SettingsSection
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import RECORD_MAILS, Identity, RecordMail, write_about
from deskhand.base.workforce import shell
from deskhand.base.workforce.models import Employee, TimeOff, WorkingCalendar
from deskhand.base.workforce.pages.forms import WorkOrganizationSection
from deskhand.base.workforce.policies import can_administer, can_ask_for, can_discuss
from deskhand.base.workforce.queries.time_off import concerned_by
from deskhand.kit import records
from deskhand.kit.kept import KEPT_FILES
from deskhand.kit.live import Topic, register_topic

shell.declare()

for _model, _route, _visible in (
    (Employee, "workforce:employee", Employee.objects.discussed_by),
    (WorkingCalendar, "workforce:calendar", WorkingCalendar.objects.kept_by),
    (TimeOff, "workforce:time-off", TimeOff.objects.visible_to),
):
    records.register(
        records.RecordType(
            model=_model,
            visible_to=_visible,
            url=lambda record, route=_route: reverse(route, args=[record.pk]),  # type: ignore[misc]
            title=str,
        )
    )
    register_topic(
        Topic(
            str(_model._meta.model_name),  # noqa: SLF001
            lambda user, pk, visible=_visible: visible(user).filter(pk=pk).exists(),  # type: ignore[misc]
            shows_presence=True,
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
CONVERSATIONS.add(
    Conversation(
        Employee,
        may_write=can_discuss,
        company=lambda employee: employee.company,
        addressed=lambda employee: [employee.user.contact] if employee.user else [],
    )
)
CONVERSATIONS.add(
    Conversation(
        WorkingCalendar,
        may_write=lambda user, calendar: can_administer(user) and calendar.company_id in user.company_ids,
        company=lambda calendar: calendar.company,
    )
)
CONVERSATIONS.add(
    Conversation(
        TimeOff,
        may_write=lambda user, time_off: can_ask_for(user, time_off.employee),
        company=lambda time_off: time_off.employee.company,
        addressed=concerned_by,
    )
)
write_about(Employee)
write_about(WorkingCalendar)
SETTINGS_SECTIONS.add(
    SettingsSection(
        "employees", gettext_lazy("Employees"), WorkOrganizationSection, "workforce/sections/work_organization.html"
    ),
    order=30,
)
KEPT_FILES.add(lambda: Employee.objects.exclude(photo="").values_list("photo", flat=True).iterator())
