"""Native reviewers decide what learners appealed; authors see it, and judge answers anew after correcting a key."""

from django.db import migrations

from accounts import roles

RIGHTS = [
    (roles.NATIVE_REVIEWERS, "progress", "appealedform", ["change", "view"]),
    (roles.AUTHORS, "progress", "appealedform", ["add", "view"]),
    (roles.AUTHORS, "progress", "regrading", ["add", "view"]),
    (roles.ADMINISTRATORS, "progress", "appealedform", ["add", "change", "view"]),
    (roles.ADMINISTRATORS, "progress", "regrading", ["add", "view"]),
]


class Migration(migrations.Migration):
    dependencies = [("progress", "0002_appeals_and_regradings"), ("accounts", "0002_groups")]

    operations = [roles.rights(RIGHTS)]
