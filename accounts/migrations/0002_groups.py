"""Make the five groups; who works in the CMS may enter it, administrators look after the accounts."""

from django.db import migrations

from accounts import roles

RIGHTS = [
    *((group, "wagtailadmin", "admin", ["access_admin"]) for group in roles.STAFF),
    (roles.ADMINISTRATORS, "accounts", "user", ["add", "change", "delete", "view"]),
    (roles.ADMINISTRATORS, "auth", "group", ["add", "change", "delete", "view"]),
]


def make(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in roles.GROUPS:
        Group.objects.get_or_create(name=name)
    for group, app_label, model, actions in RIGHTS:
        roles.grant(apps, group, app_label, model, actions)


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=roles.GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make, unmake)]
