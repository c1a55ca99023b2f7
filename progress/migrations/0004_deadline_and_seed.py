"""Keep in each attempt until when it runs and what decided its exercises; for earlier ones that was their id."""

from django.db import migrations, models

CHUNK = 500


def keep_ids_as_seeds(apps, schema_editor):
    attempts = apps.get_model("progress", "Attempt").objects
    found = list(attempts.filter(seed="").order_by("pk")[:CHUNK])
    while found:
        for attempt in found:
            attempt.seed = attempt.uuid.hex
        attempts.bulk_update(found, ["seed"])
        found = list(attempts.filter(seed="").order_by("pk")[:CHUNK])


class Migration(migrations.Migration):
    dependencies = [("progress", "0003_group_rights")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="deadline_at",
            field=models.DateTimeField(null=True, verbose_name="deadline"),
        ),
        migrations.AddField(
            model_name="attempt",
            name="seed",
            field=models.CharField(
                default="", help_text="Decides which exercises are drawn, and in which order.", max_length=32
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="answer",
            name="is_late",
            field=models.BooleanField(
                default=False,
                help_text="Arrived after the attempt was submitted, or its time over; kept, not counted.",
            ),
        ),
        migrations.RunPython(keep_ids_as_seeds, migrations.RunPython.noop),
    ]
