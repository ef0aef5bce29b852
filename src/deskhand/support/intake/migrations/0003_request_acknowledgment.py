"""Every Deskhand has the template *Request Acknowledgment* (IN-6)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from deskhand.support.intake.services.standard import REQUEST_ACKNOWLEDGMENT


def make_template(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("mail", "MailTemplate").objects.using(schema_editor.connection.alias).get_or_create(
        key=REQUEST_ACKNOWLEDGMENT.key,
        defaults={
            "name": REQUEST_ACKNOWLEDGMENT.name,
            "about": REQUEST_ACKNOWLEDGMENT.about,
            "subject": REQUEST_ACKNOWLEDGMENT.subject,
            "body_html": REQUEST_ACKNOWLEDGMENT.body_html,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_initial"), ("mail", "0001_initial")]

    operations = [migrations.RunPython(make_template, migrations.RunPython.noop)]
