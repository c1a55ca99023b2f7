"""Which workflow goes with what is made new, so that nobody has to think of it."""

from typing import Any

from wagtail.models import Page, Workflow, WorkflowPage

from .models import NativeReviewTask


def workflow_with_native_review() -> Workflow | None:
    """Return the active workflow that asks native reviewers; the oldest, if administrators have made several."""
    tasks = NativeReviewTask.objects.filter(active=True)
    return Workflow.objects.active().filter(workflow_tasks__task__in=tasks).order_by("pk").first()


def assign_workflow(page: Any) -> None:
    """Give a page the workflow with native review, or that of its translation; a choice that is there stays."""
    if WorkflowPage.objects.filter(page=page.pk).exists():
        return
    twins = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    of_twin = WorkflowPage.objects.filter(page__in=twins).select_related("workflow").first()
    if workflow := of_twin.workflow if of_twin else workflow_with_native_review():
        WorkflowPage.objects.create(page=Page(pk=page.pk), workflow=workflow)
