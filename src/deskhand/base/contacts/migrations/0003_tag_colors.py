from zlib import crc32

from django.db import migrations, models


def keep_hues(apps, schema_editor):
    """Until now the word of a tag said its hue: tags go on looking as they did."""
    del schema_editor
    for tag in apps.get_model("contacts", "ContactTag").objects.all():
        tag.color = crc32(tag.name.casefold().encode()) % 7
        tag.save(update_fields=["color"])


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_complete_contacts")]

    operations = [
        migrations.AddField(
            model_name="contacttag",
            name="color",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Grey"),
                    (1, "Pink"),
                    (2, "Brown"),
                    (3, "Olive"),
                    (4, "Blue"),
                    (5, "Violet"),
                    (6, "Teal"),
                ],
                default=0,
                verbose_name="Color",
            ),
        ),
        migrations.RunPython(keep_hues, migrations.RunPython.noop),
    ]
