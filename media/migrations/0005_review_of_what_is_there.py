"""What could be heard before takes were checked can still be heard; and who may check, and decide the rule."""

from django.db import migrations

from accounts import roles


def accept(apps, schema_editor):
    apps.get_model("media", "Recording").objects.update(review="accepted", is_public=True)


class Migration(migrations.Migration):
    dependencies = [("media", "0004_review"), ("accounts", "0002_groups")]

    operations = [
        migrations.RunPython(accept, migrations.RunPython.noop),
        roles.rights(
            [
                (roles.NATIVE_REVIEWERS, "media", "recording", ["check_recording"]),
                (roles.AUTHORS, "media", "recording", ["check_recording"]),
                (roles.ADMINISTRATORS, "media", "recording", ["check_recording"]),
                (roles.ADMINISTRATORS, "media", "recordingsettings", ["change"]),
            ]
        ),
    ]
