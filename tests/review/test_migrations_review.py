"""The group of editors, who may do what, and the workflows: laid down, taken away, and laid down again."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from accounts import roles
from lessons.models import Exercise
from review.models import NativeReviewTask
from tests.lessons import building
from tests.review.conftest import person

pytestmark = pytest.mark.django_db
group = import_module("accounts.migrations.0006_editors")
ours = import_module("review.migrations.0002_editors_and_workflows")


def rights(name):
    of = Group.objects.get(name=name)
    found = {f"{one.content_type.app_label}.{one.codename}" for one in of.permissions.select_related("content_type")}
    found |= {f"pages.{one.permission.codename}" for one in GroupPagePermission.objects.filter(group=of)}
    return found | {f"files.{one.permission.codename}" for one in GroupCollectionPermission.objects.filter(group=of)}


def workflows():
    return {
        workflow.name: [task.name for task in workflow.tasks]
        for workflow in Workflow.objects.filter(name__in=[ours.LESSONS, ours.PAGES])
    }


def test_editors_may_all_that_authors_may_and_publish():
    more = rights(roles.EDITORS) - rights(roles.AUTHORS)
    assert rights(roles.AUTHORS) <= rights(roles.EDITORS)
    assert more == {
        "pages.publish_page", "pages.lock_page", "pages.unlock_page", "lessons.publish_exercise",
        "lessons.lock_exercise", "lessons.unlock_exercise", "review.change_answer", "review.view_answer",
    }  # fmt: skip


def test_rights_of_an_editors_group_that_was_in_use_stay():
    ours.take_back(apps, None)
    roles.grant(apps, roles.EDITORS, "wagtailredirects", "redirect", ["change"])
    person("cits@example.org", roles.EDITORS)
    ours.give(apps, None)
    assert {"wagtailredirects.change_redirect", "pages.publish_page"} <= rights(roles.EDITORS)


def test_a_reviewer_needs_only_to_enter_and_to_take_part():
    assert {"wagtailadmin.access_admin", "review.add_answer"} <= rights(roles.NATIVE_REVIEWERS)
    assert not any(one.startswith("pages.") for one in rights(roles.NATIVE_REVIEWERS))


def test_the_rights_go_back_and_forth():
    before = {name: rights(name) for name in roles.STAFF}
    ours.take_back(apps, None)
    assert {"pages.publish_page", "lessons.publish_exercise"} <= rights(roles.AUTHORS)
    assert rights(roles.EDITORS) == {"wagtailadmin.access_admin"}
    ours.give(apps, None)
    ours.give(apps, None)
    assert {name: rights(name) for name in roles.STAFF} == before


def test_who_was_an_author_stays_able_to_publish():
    author, coordinator = person("a@example.org", roles.AUTHORS), person("k@example.org", roles.COORDINATORS)
    ours.take_back(apps, None)
    group.unmake(apps, None)
    assert not Group.objects.filter(name=roles.EDITORS).exists()
    group.make(apps, None)
    ours.give(apps, None)
    assert {one.name for one in author.groups.all()} == {roles.AUTHORS, roles.EDITORS}
    assert [one.name for one in coordinator.groups.all()] == [roles.COORDINATORS]


def test_an_editor_is_an_author_where_there_are_no_editors():
    editor = person("e@example.org", roles.EDITORS)
    group.unmake(apps, None)
    assert [one.name for one in editor.groups.all()] == [roles.AUTHORS]


def test_the_workflows_go_back_and_forth():
    course = building.course()
    before = workflows()
    assert before == {ours.LESSONS: [ours.NATIVE, ours.EDITOR], ours.PAGES: [ours.EDITOR]}
    ours.unmake_workflows(apps, None)
    assert workflows() == {}
    assert not NativeReviewTask.objects.exists() and not Task.objects.filter(name=ours.EDITOR).exists()
    ours.make_workflows(apps, None)
    assert workflows() == before
    assert Page.objects.get(pk=course.pk).get_workflow().name == ours.LESSONS, "also what was there before"
    assert Page.objects.get(depth=1).workflowpage.workflow.name == ours.PAGES
    assert Exercise.get_default_workflow().name == ours.LESSONS
    assert list(NativeReviewTask.objects.get().groups.values_list("name", flat=True)) == [roles.NATIVE_REVIEWERS]
    assert list(GroupApprovalTask.objects.get(name=ours.EDITOR).groups.values_list("name", flat=True)) == [
        roles.EDITORS
    ]


def test_a_workflow_that_somebody_chose_stays():
    course = building.course()
    ours.unmake_workflows(apps, None)
    own = Workflow.objects.create(name="Pašu")
    root = Page.objects.get(depth=1)
    WorkflowPage.objects.filter(page=root).delete()
    for page in (root, course):
        WorkflowPage.objects.create(page=page, workflow=own)
    kind = ours.content_type(apps, "lessons", "exercise")
    WorkflowContentType.objects.create(content_type=kind, workflow=own)
    ours.make_workflows(apps, None)
    assert Page.objects.get(pk=root.pk).workflowpage.workflow == own
    assert Page.objects.get(pk=course.pk).get_workflow() == own
    assert Exercise.get_default_workflow() == own


def test_wagtails_own_workflow_gives_way_and_comes_back():
    ours.unmake_workflows(apps, None)
    root = Page.objects.get(depth=1)
    WorkflowPage.objects.filter(page=root).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    moderators = Workflow.objects.create(name="Moderators approval")
    WorkflowPage.objects.create(page=root, workflow=moderators)
    ours.make_workflows(apps, None)
    assert Page.objects.get(pk=root.pk).workflowpage.workflow.name == ours.PAGES
    ours.unmake_workflows(apps, None)
    assert Page.objects.get(pk=root.pk).workflowpage.workflow == moderators
