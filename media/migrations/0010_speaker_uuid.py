"""A name for speakers outside that says nothing about the person."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models


def give_numbers(apps: Any, schema_editor: Any) -> None:
    speakers = apps.get_model("media", "Speaker").objects
    for pk in list(speakers.values_list("pk", flat=True)):
        speakers.filter(pk=pk).update(uuid=uuid4())


class Migration(migrations.Migration):
    dependencies = [("media", "0009_speaker_without_consent_fields")]

    operations = [
        migrations.AddField("speaker", "uuid", models.UUIDField(default=uuid4, editable=False, null=True)),
        migrations.RunPython(give_numbers, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("speaker", "uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
    ]
