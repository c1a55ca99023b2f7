"""The recording of each entry is its first take."""

from django.db import migrations


def remember(apps, schema_editor):
    Take = apps.get_model("dictionary", "Take")
    chosen = apps.get_model("dictionary", "Entry").objects.exclude(recording=None).values_list("pk", "recording_id")
    Take.objects.bulk_create([Take(entry_id=entry, recording_id=recording) for entry, recording in chosen])


class Migration(migrations.Migration):
    dependencies = [("dictionary", "0006_take")]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
