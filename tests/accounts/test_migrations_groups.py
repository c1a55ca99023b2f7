"""The groups and their rights, made and taken away by migration."""

import pytest
from django.apps import apps as registry
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts import roles


def rights(name):
    permissions = Group.objects.get(name=name).permissions.select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}" for one in permissions}


def test_there_are_six_groups(db):
    assert set(Group.objects.filter(name__in=roles.GROUPS).values_list("name", flat=True)) == {
        "Learners", "Authors", "Native reviewers", "Editors", "Coordinators", "Administrators",
    }  # fmt: skip


@pytest.mark.parametrize("name", roles.STAFF)
def test_staff_may_enter_the_desk(db, name):
    assert "wagtailadmin.access_admin" in rights(name)


def test_learners_have_no_rights_of_the_desk(db):
    assert rights(roles.LEARNERS) == set()


@pytest.mark.parametrize("action", ["add", "change", "delete", "view"])
def test_only_administrators_look_after_accounts(db, action):
    holders = {name for name in roles.GROUPS if f"accounts.{action}_user" in rights(name)}
    assert holders == {roles.ADMINISTRATORS}


def test_grant_makes_what_is_not_there_yet(db):
    """Inside a migration Django has not made a new model's permissions yet."""
    Permission.objects.filter(codename="view_apitoken").delete()
    roles.grant(registry, roles.COORDINATORS, "accounts", "apitoken", ["view"])
    assert "accounts.view_apitoken" in rights(roles.COORDINATORS)
    roles.grant(registry, roles.COORDINATORS, "accounts", "apitoken", ["view"])
    assert Permission.objects.filter(codename="view_apitoken").count() == 1


def test_revoke_takes_back_only_what_it_names(db):
    roles.grant(registry, roles.COORDINATORS, "accounts", "apitoken", ["view", "change"])
    roles.revoke(registry, roles.COORDINATORS, "accounts", "apitoken", ["view"])
    assert "accounts.change_apitoken" in rights(roles.COORDINATORS)
    assert "accounts.view_apitoken" not in rights(roles.COORDINATORS)
    roles.revoke(registry, "No such group", "accounts", "apitoken", ["view"])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)  # one schema editor after another
def test_the_groups_go_and_come_again():
    before = {name: rights(name) for name in roles.GROUPS}
    try:
        run_only("unmake")
        assert not Group.objects.filter(name__in=roles.GROUPS).exists()
    finally:
        run_only("make")
    # Other rooms' migrations give further rights; these are this room's own.
    assert {name for name in roles.STAFF if "wagtailadmin.access_admin" in rights(name)} == set(roles.STAFF)
    restore(before)


def run_only(step):
    """Run one direction of this room's data migration, without the rooms above that build on it."""
    migration = MigrationExecutor(connection).loader.get_migration("accounts", "0002_groups")
    (operation,) = migration.operations
    with connection.schema_editor() as editor:
        (operation.code if step == "make" else operation.reverse_code)(registry, editor)


def restore(before):
    for name, wanted in before.items():
        group = Group.objects.get(name=name)
        for right in wanted:
            app_label, codename = right.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "accounts", check=True, dry_run=True, verbosity=0)
