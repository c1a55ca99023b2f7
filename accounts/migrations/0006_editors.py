"""Make the group of editors; Wagtail's own of that name becomes it. Every author of today is one too: they published.

Reversed, editors become authors, so that nobody is left without a way to work.
"""

from django.db import migrations

from accounts import roles


def make(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    editors, _made = Group.objects.get_or_create(name=roles.EDITORS)
    roles.grant(apps, roles.EDITORS, "wagtailadmin", "admin", ["access_admin"])
    authors = Group.objects.filter(name=roles.AUTHORS).first()
    if authors is not None:
        editors.user_set.add(*authors.user_set.all())


def unmake(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    editors = Group.objects.filter(name=roles.EDITORS).first()
    authors = Group.objects.filter(name=roles.AUTHORS).first()
    if editors is None:
        return
    if authors is not None:
        authors.user_set.add(*editors.user_set.all())
    editors.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_listening"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make, unmake)]
