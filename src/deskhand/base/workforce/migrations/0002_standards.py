"""What every Deskhand starts with: types of time off, and for companies that are there already their calendar."""

from django.db import migrations
from django.utils.translation import gettext as _

HOURS = [(day, start, end) for day in range(5) for start, end in ((480, 720), (780, 1020))]


def make_standards(apps, schema_editor):
    leave_type = apps.get_model("workforce", "LeaveType")
    for name, color, needs_approval in ((_("Vacation"), 4, True), (_("Illness"), 1, False), (_("Training"), 6, True)):
        leave_type.objects.get_or_create(name=name, defaults={"color": color, "needs_approval": needs_approval})
    calendar, hours = (apps.get_model("workforce", name) for name in ("WorkingCalendar", "WorkingHours"))
    for company in apps.get_model("companies", "Company").objects.all():
        standard = calendar.objects.create(
            company=company, name=_("Standard 40 hours/week"), time_zone=company.time_zone, is_default=True
        )
        hours.objects.bulk_create(
            hours(calendar=standard, weekday=day, start=start, end=end) for day, start, end in HOURS
        )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_workforce"), ("companies", "0002_take_numbers")]
    operations = [migrations.RunPython(make_standards, migrations.RunPython.noop)]
