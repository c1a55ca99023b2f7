"""Who holds recording sessions: authors and administrators; native reviewers see them."""

from django.db import migrations

from accounts import roles


class Migration(migrations.Migration):
    dependencies = [("studio", "0001_initial"), ("accounts", "0002_groups")]

    operations = [
        roles.rights(
            [
                (roles.AUTHORS, "studio", "recordingsession", ["add", "change", "view"]),
                (roles.ADMINISTRATORS, "studio", "recordingsession", ["add", "change", "delete", "view"]),
                (roles.NATIVE_REVIEWERS, "studio", "recordingsession", ["view"]),
            ]
        ),
    ]
