"""Authors write and publish exercises and quizzes; reviewers and coordinators see them; administrators do all."""

from django.db import migrations

from accounts import roles

RIGHTS = [
    (roles.AUTHORS, "lessons", "exercise", ["add", "change", "publish", "view"]),
    (roles.AUTHORS, "lessons", "quiz", ["add", "change", "view"]),
    (roles.NATIVE_REVIEWERS, "lessons", "exercise", ["view"]),
    (roles.COORDINATORS, "lessons", "quiz", ["view"]),
    (
        roles.ADMINISTRATORS,
        "lessons",
        "exercise",
        ["add", "change", "delete", "publish", "view", "lock_exercise", "unlock_exercise"],
    ),
    (roles.ADMINISTRATORS, "lessons", "quiz", ["add", "change", "delete", "view"]),
]


class Migration(migrations.Migration):
    dependencies = [("lessons", "0001_initial"), ("accounts", "0002_groups")]

    operations = [roles.rights(RIGHTS)]
