from __future__ import annotations

from django.db import migrations

#: Name, icon, days.
USUAL = (
    ("To-Do", "checklist", 5),
    ("Call", "phone", 2),
    ("Email", "mail", 2),
    ("Meeting", "calendar-event", 0),
    ("Upload document", "upload", 5),
)


def make_usual_types(apps, schema_editor):
    kinds = apps.get_model("activities", "ActivityType").objects
    for place, (name, icon, days) in enumerate(USUAL):
        kinds.create(name=name, icon=icon, default_days=days, position=10 * (place + 1))


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_activities_and_types")]
    operations = [migrations.RunPython(make_usual_types, migrations.RunPython.noop)]
