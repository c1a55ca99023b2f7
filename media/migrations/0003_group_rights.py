"""Who works with recordings, speakers and images. Recordings and images are given by collection, from its root."""

from django.db import migrations

from accounts import roles

BY_COLLECTION = [
    (roles.AUTHORS, "media", "recording", ["add", "change", "choose", "view"]),
    (roles.NATIVE_REVIEWERS, "media", "recording", ["view"]),
    (roles.ADMINISTRATORS, "media", "recording", ["add", "change", "delete", "choose", "view"]),
    (roles.AUTHORS, "wagtailimages", "image", ["add", "change", "choose"]),
    (roles.ADMINISTRATORS, "wagtailimages", "image", ["add", "change", "delete", "choose"]),
]
BY_MODEL = [
    (roles.AUTHORS, "media", "speaker", ["add", "change", "view"]),
    (roles.ADMINISTRATORS, "media", "speaker", ["add", "change", "delete", "view", "view_consent"]),
    (roles.ADMINISTRATORS, "media", "variety", ["add", "change", "delete", "view"]),
]


def give(apps, schema_editor):
    collection_rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for group_name, app_label, model, actions in BY_COLLECTION:
        for permission in _permissions(apps, app_label, model, actions):
            group = apps.get_model("auth", "Group").objects.get(name=group_name)
            collection_rights.get_or_create(group=group, collection=root, permission=permission)
    for group_name, app_label, model, actions in BY_MODEL:
        roles.grant(apps, group_name, app_label, model, actions)


def take(apps, schema_editor):
    collection_rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for group_name, app_label, model, actions in BY_COLLECTION:
        wanted = {"group__name": group_name, "permission__content_type__app_label": app_label}
        codenames = [f"{action}_{model}" for action in actions]
        collection_rights.filter(**wanted, permission__codename__in=codenames, collection__depth=1).delete()
    for group_name, app_label, model, actions in BY_MODEL:
        roles.revoke(apps, group_name, app_label, model, actions)


def _permissions(apps, app_label, model, actions):
    """Return the permissions; Django makes them after all migrations, so here they are made as it would."""
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    for action in actions:
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
        )
        yield permission


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0002_seed_varieties"),
        ("accounts", "0002_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(give, take)]
