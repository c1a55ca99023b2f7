"""Authors and native reviewers keep the spelling rules, as they keep the protected pairs; administrators do all."""

from django.db import migrations

from accounts import roles

RIGHTS = [
    (roles.AUTHORS, "dictionary", "spellingrule", ["add", "change", "view"]),
    (roles.NATIVE_REVIEWERS, "dictionary", "spellingrule", ["add", "change", "view"]),
    (roles.ADMINISTRATORS, "dictionary", "spellingrule", ["add", "change", "delete", "view"]),
]


class Migration(migrations.Migration):
    dependencies = [("dictionary", "0003_spelling_rules"), ("accounts", "0002_groups")]

    operations = [roles.rights(RIGHTS)]
