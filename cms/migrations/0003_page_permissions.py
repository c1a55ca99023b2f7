"""Say who may do what with pages: authors write and publish, administrators also lock, delete and configure.

Native reviewers and coordinators read pages like everybody; what they work on belongs to other rooms.
"""

from django.db import migrations

from accounts import roles

ON_EVERY_PAGE = {
    roles.AUTHORS: ["add", "change", "publish"],
    roles.ADMINISTRATORS: ["add", "change", "publish", "bulk_delete", "lock", "unlock"],
}
RIGHTS = [
    (roles.AUTHORS, "simple_translation", "simpletranslation", ["submit_translation"]),
    (roles.ADMINISTRATORS, "simple_translation", "simpletranslation", ["submit_translation"]),
    (roles.ADMINISTRATORS, "cms", "sitesettings", ["change"]),
    (roles.ADMINISTRATORS, "wagtailcore", "site", ["add", "change", "delete"]),
    (roles.ADMINISTRATORS, "wagtailcore", "locale", ["add", "change", "delete"]),
    (roles.ADMINISTRATORS, "wagtailcore", "collection", ["add", "change", "delete"]),
    (roles.ADMINISTRATORS, "wagtailcore", "workflow", ["add", "change", "delete"]),
    (roles.ADMINISTRATORS, "wagtailcore", "task", ["add", "change", "delete"]),
    (roles.ADMINISTRATORS, "wagtailredirects", "redirect", ["add", "change", "delete"]),
]


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    pages, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")

    for group, actions in ON_EVERY_PAGE.items():
        for action in actions:
            permission, _ = Permission.objects.get_or_create(
                content_type=pages, codename=f"{action}_page", defaults={"name": f"{action.capitalize()} page"}
            )
            GroupPagePermission.objects.get_or_create(
                group=Group.objects.get(name=group), page=root, permission=permission
            )
    for group, app_label, model, actions in RIGHTS:
        roles.grant(apps, group, app_label, model, actions)


def take_back(apps, schema_editor):
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupPagePermission.objects.filter(group__name__in=ON_EVERY_PAGE, page__depth=1).delete()
    for group, app_label, model, actions in RIGHTS:
        roles.revoke(apps, group, app_label, model, actions)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_create_front_pages"),
        ("accounts", "0002_groups"),
        ("simple_translation", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailredirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(give, take_back)]
