"""Authors submit, native reviewers check, editors publish: the rights and the workflows for that.

What administrators chose before stays: a workflow of their own at a page or at exercises is left alone. Everything here
can be changed under Settings → Workflows.
"""

from django.db import migrations

from accounts import roles

LESSONS, PAGES = "Nodarbības un vingrinājumi", "Lapas"
NATIVE, EDITOR = "Dzimtās valodas recenzents", "Redaktors"
ASKED_FIRST = [
    ("courses", "coursepage"),
    ("dictionary", "phrasebookpage"),
    ("dictionary", "infosheetindexpage"),
    ("dictionary", "dictionarypage"),
]
ON_EVERY_PAGE = ["publish", "lock", "unlock"]
RIGHTS = [
    (roles.EDITORS, "lessons", "exercise", ["publish", "lock_exercise", "unlock_exercise"]),
    (roles.EDITORS, "review", "answer", ["change", "view"]),
    (roles.NATIVE_REVIEWERS, "review", "answer", ["add", "view"]),
    (roles.ADMINISTRATORS, "review", "answer", ["add", "change", "delete", "view"]),
]
AUTHORS_LOSE = [(roles.AUTHORS, "lessons", "exercise", ["publish"])]


def give(apps, schema_editor):
    let_editors_do_what_authors_do(apps)
    for row in RIGHTS:
        roles.grant(apps, *row)
    for row in AUTHORS_LOSE:
        roles.revoke(apps, *row)
    authors = page_rights(apps).filter(group__name=roles.AUTHORS, permission__codename="publish_page")
    authors.delete()
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    for action in ON_EVERY_PAGE:
        page_rights(apps).get_or_create(
            group=group(apps, roles.EDITORS), page=root, permission=page_permission(apps, action)
        )


def take_back(apps, schema_editor):
    """Give authors what they had; editors keep nothing, for the group goes with the accounts' migration."""
    for row in AUTHORS_LOSE:
        roles.grant(apps, *row)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    page_rights(apps).get_or_create(
        group=group(apps, roles.AUTHORS), page=root, permission=page_permission(apps, "publish")
    )
    for row in RIGHTS:
        roles.revoke(apps, *row)
    clear(apps, group(apps, roles.EDITORS))
    roles.grant(apps, roles.EDITORS, "wagtailadmin", "admin", ["access_admin"])


def clear(apps, of):
    page_rights(apps).filter(group=of).delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=of).delete()
    of.permissions.clear()


def let_editors_do_what_authors_do(apps):
    """Copy the authors' rights as they stand, with what administrators have changed in them.

    Wagtail's first migrations make a group of the same name, with rights of their own. Where nobody but authors is in
    it, it has never been used: those rights go.
    """
    authors, editors = group(apps, roles.AUTHORS), group(apps, roles.EDITORS)
    if not editors.user_set.exclude(groups=authors).exists():
        clear(apps, editors)
    editors.permissions.add(*authors.permissions.all())
    for right in page_rights(apps).filter(group=authors):
        page_rights(apps).get_or_create(group=editors, page_id=right.page_id, permission_id=right.permission_id)
    collections = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for right in collections.filter(group=authors):
        collections.get_or_create(group=editors, collection_id=right.collection_id, permission_id=right.permission_id)


def make_workflows(apps, schema_editor):
    native = make_task(apps, "review", "NativeReviewTask", NATIVE, roles.NATIVE_REVIEWERS)
    editor = make_task(apps, "wagtailcore", "GroupApprovalTask", EDITOR, roles.EDITORS)
    lessons = make_workflow(apps, LESSONS, native, editor)
    pages = make_workflow(apps, PAGES, editor)
    placed = apps.get_model("wagtailcore", "WorkflowPage").objects
    tree = apps.get_model("wagtailcore", "Page").objects
    root = tree.filter(depth=1).first()
    there = placed.filter(page=root).first()
    if there is None or is_wagtails_own(there.workflow):
        placed.update_or_create(page=root, defaults={"workflow": pages})
    for app_label, model in ASKED_FIRST:
        for page in tree.filter(content_type__app_label=app_label, content_type__model=model):
            placed.get_or_create(page=page, defaults={"workflow": lessons})
    exercise = content_type(apps, "lessons", "exercise")
    of_kinds = apps.get_model("wagtailcore", "WorkflowContentType").objects
    of_kinds.get_or_create(content_type=exercise, defaults={"workflow": lessons})


def unmake_workflows(apps, schema_editor):
    """Take ours away, with what went through them; Wagtail's own comes back to the root of the tree."""
    apps.get_model("wagtailcore", "Workflow").objects.filter(name__in=[LESSONS, PAGES]).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name__in=[NATIVE, EDITOR]).delete()
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    first = next(
        (one for one in apps.get_model("wagtailcore", "Workflow").objects.order_by("pk") if is_wagtails_own(one)), None
    )
    if first is not None:
        apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(page=root, defaults={"workflow": first})


def is_wagtails_own(workflow):
    """Say whether it is the one that Wagtail's first migration lays down for its own group of moderators."""
    return workflow.name == "Moderators approval"


def make_task(apps, app_label, model, name, group_name):
    kind = content_type(apps, app_label, model.lower())
    task = apps.get_model(app_label, model).objects.create(name=name, active=True, content_type=kind)
    task.groups.add(group(apps, group_name))
    return apps.get_model("wagtailcore", "Task").objects.get(pk=task.pk)


def make_workflow(apps, name, *tasks):
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=name, active=True)
    for place, task in enumerate(tasks):
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=place)
    return workflow


def group(apps, name):
    return apps.get_model("auth", "Group").objects.get(name=name)


def content_type(apps, app_label, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)[0]


def page_rights(apps):
    return apps.get_model("wagtailcore", "GroupPagePermission").objects


def page_permission(apps, action):
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type(apps, "wagtailcore", "page"),
        codename=f"{action}_page",
        defaults={"name": f"{action.capitalize()} page"},
    )[0]


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_answers"),
        ("accounts", "0006_editors"),
        ("cms", "0003_page_permissions"),
        ("courses", "0001_initial"),
        ("dictionary", "0009_phrasebook"),
        ("lessons", "0002_group_rights"),
        ("media", "0007_consent_texts"),
        ("progress", "0003_group_rights"),
        ("studio", "0002_group_rights"),
        ("wagtaildocs", "0002_initial_data"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunPython(give, take_back),
        migrations.RunPython(make_workflows, unmake_workflows),
    ]
