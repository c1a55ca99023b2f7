"""The reviewers' step of a workflow: what waits, and what a decision does."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Comment, Page, Revision, TaskState

from cms.commenting import LONGEST, comment_on, comments_on

from .models import NativeReviewTask

PERMISSION = "review.add_answer"
"""Who takes part in the room. What waits for whom is said by the groups of each task."""


class DecidedMeanwhile(Exception):
    """Nothing was decided: what was read does not wait any more, or not in this state. `state` is how it stands now."""

    def __init__(self, state: TaskState) -> None:
        super().__init__(state.pk)
        self.state = state


def tasks_of(user: Any) -> QuerySet[NativeReviewTask]:
    """Return the steps in which this person decides."""
    tasks = NativeReviewTask.objects.filter(active=True)
    return tasks if user.is_superuser else tasks.filter(groups__in=user.groups.all()).distinct()


def states_of(user: Any) -> QuerySet[TaskState]:
    """Return all that this person decides or could have decided, with what a list shows of it."""
    found = TaskState.objects.filter(task__in=tasks_of(user).values("pk"))
    return found.select_related("revision__content_type", "workflow_state__requested_by", "finished_by")


def waiting_for(user: Any) -> QuerySet[TaskState]:
    """Return what waits for this person, the longest wait first."""
    return states_of(user).filter(status=TaskState.STATUS_IN_PROGRESS).order_by("started_at", "pk")


def thing_of(state: TaskState) -> Any:
    """Return the page or exercise that waits, as it is stored now; None if it has been deleted."""
    thing = state.workflow_state.content_object
    return thing.specific if isinstance(thing, Page) else thing


def revision_that_waits(state: TaskState, thing: Any) -> Revision:
    """Return what is to be read: the newest while it waits, else what was decided about."""
    newest = thing.get_latest_revision() if state.status == TaskState.STATUS_IN_PROGRESS else None
    return newest or state.revision


def token_of(state: TaskState, revision: Revision) -> str:
    """Return what a decision must send back, so that it is about what was read."""
    return f"{state.pk}.{revision.pk}"


def open_remarks(thing: Any) -> list[Any]:
    """Return what has been said about a page or an exercise and is not dealt with: pairs of path and comment."""
    if isinstance(thing, Page):
        found = Comment.objects.filter(page=thing.pk, resolved_at=None).select_related("user")
        return [(one.contentpath, one) for one in found.prefetch_related("replies__user").order_by("created_at")]
    return [(one.field, one) for one in comments_on(thing).filter(resolved_at=None)]


@transaction.atomic
def keep_remarks(*, state: TaskState, by: Any, seen: str, remarks: Mapping[str, str]) -> int:
    """Keep what was said about parts of what waits, each at its field; return how many.

    Raises:
        DecidedMeanwhile: it is not as it was read, so a field may be another now.
        ValidationError: by path, where too much is said.
    """
    state, _revision, thing = _as_it_was_seen(state, seen)
    faults: dict[str, list[str]] = {}
    said = {path: text for path, text in remarks.items() if text.replace("\x00", "").strip()}
    for path, text in said.items():
        try:
            comment_on(thing=thing, field=path, text=text, by=by)
        except ValidationError as error:
            faults[path] = error.messages
    if faults:  # none is kept: they are sent again together
        raise ValidationError(faults)
    return len(said)


@transaction.atomic
def decide(
    *, state: TaskState, by: Any, seen: str, approves: bool, note: str = "", remarks: Mapping[str, str] | None = None
) -> TaskState:
    """Approve what was read, or ask its author for changes; remarks are kept with it. Return the state after that.

    Raises:
        DecidedMeanwhile: the author has changed it, or somebody else has decided.
        ValidationError: `note` is too long; or changes are asked for without a word about which.
    """
    kept = keep_remarks(state=state, by=by, seen=seen, remarks=remarks or {})
    state, revision, thing = _as_it_was_seen(state, seen)
    note = note.replace("\x00", "").strip()
    if len(note) > LONGEST:
        raise ValidationError({"note": _("At most %(count)d characters.") % {"count": LONGEST}})
    if not approves and not note and not kept and not _has_said_something(by, thing):
        raise ValidationError({"note": _("Say what should change, here or at one of the parts above.")})
    if state.revision_id != revision.pk:
        # Somebody saved it while it waited. What counts is what was read.
        state.revision = revision
        state.save(update_fields=["revision"])
    task = state.task.specific
    task.on_action(state, by, "approve" if approves else "reject", comment=note)
    return state


def _has_said_something(by: Any, thing: Any) -> bool:
    people = [getattr(one, "user", None) or getattr(one, "author", None) for _path, one in open_remarks(thing)]
    return by in people


def _as_it_was_seen(state: TaskState, seen: str) -> tuple[TaskState, Revision, Any]:
    """Lock the state; return it with what waits. Raises DecidedMeanwhile if that is not what was read."""
    locked = TaskState.objects.select_for_update(of=("self",)).get(pk=state.pk)
    thing = thing_of(locked)
    if thing is None or locked.status != TaskState.STATUS_IN_PROGRESS:
        raise DecidedMeanwhile(locked)
    revision = revision_that_waits(locked, thing)
    if token_of(locked, revision) != seen:
        raise DecidedMeanwhile(locked)
    return locked, revision, thing
