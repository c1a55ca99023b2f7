"""Authors write the dictionary; native reviewers may change entries to review them; administrators do all."""

from django.db import migrations

from accounts import roles

ALL = ["add", "change", "delete", "view"]
RIGHTS = [
    *(
        (roles.AUTHORS, "dictionary", model, ["add", "change", "view"])
        for model in ("entry", "theme", "source", "protectedpair")
    ),
    (roles.NATIVE_REVIEWERS, "dictionary", "entry", ["change", "view"]),
    (roles.NATIVE_REVIEWERS, "dictionary", "protectedpair", ["add", "change", "view"]),
    (roles.COORDINATORS, "dictionary", "entry", ["view"]),
    *((roles.ADMINISTRATORS, "dictionary", model, ALL) for model in ("entry", "theme", "source", "protectedpair")),
]


class Migration(migrations.Migration):
    dependencies = [("dictionary", "0001_initial"), ("accounts", "0002_groups")]

    operations = [roles.rights(RIGHTS)]
