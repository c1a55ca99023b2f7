"""Bring a table in and take it back.

What an author waits for is one transaction: all of it, or nothing. A long table goes to the worker, which writes it
part by part, each part whole and recorded with its rows, so that learners' answers never wait long for the database.
A worker that is stopped goes on where it was: rows that are written already are known, and left alone.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import ImportRun
from .plans import CHANGED, NEW, REFUSED, SAME, Plan, Step, make_plan
from .sheets import Sheet, read_sheet
from .tables import Draft, Kept, Table, table_named

MOST_AT_ONCE = 200
"""So many rows are written while the author waits; more are left to the worker."""
MOST_TOLD = 500
"""Of so many rows an applied run remembers why they were left out."""
KEPT_UNUSED = timedelta(days=1)


def start_run(*, table: type[Table], user: Any, file_name: str, content: bytes) -> ImportRun:
    """Read a file and keep what was read until it is applied. Raises ValidationError for `file`.

    What the same person only looked at before, and what anybody did longer than a day ago, is forgotten.
    """
    try:
        sheet = read_sheet(content, table.names(), table.needed())
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    own = Q(made_by=user, table=table.name) | Q(made_at__lt=timezone.now() - KEPT_UNUSED)
    with transaction.atomic():
        ImportRun.objects.filter(own, state=ImportRun.PLANNED, task="").delete()
        return ImportRun.objects.create(
            table=table.name, made_by=user, file_name=file_name[:150], sheet=sheet.as_dict()
        )


def plan_of(run: ImportRun, user: Any) -> Plan:
    """Say what a run would do as things stand now."""
    return make_plan(_table(run, user), Sheet.from_dict(run.sheet))


def confirm_run(*, run: ImportRun, user: Any, digest: str, may_empty: bool) -> ImportRun:
    """Apply a run that its author has looked at, or leave it to the worker if it is long; the run says which.

    Raises ValidationError if what would happen is no longer what was seen, or if cells would be emptied unasked.
    """
    from ..tasks import work_on_run

    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.state != ImportRun.PLANNED or run.is_working:
            return run  # sent twice
        plan = plan_of(run, user)
        if plan.digest != digest:
            raise ValidationError(_changed_meanwhile())
        if not plan.of(NEW, CHANGED):
            raise ValidationError(_("There is nothing to bring in."))
        if plan.emptied and not may_empty:
            raise ValidationError(_("Say that cells may be emptied, or leave those columns out of the table."))
        _count(run, plan)
        if len(plan.of(NEW, CHANGED)) <= MOST_AT_ONCE:
            try:
                with transaction.atomic():
                    _apply(run, user, plan)
            except IntegrityError:  # somebody made an entry in this very moment and took its code
                raise ValidationError(_changed_meanwhile()) from None
            return run
        run.task, run.task_since = ImportRun.APPLY, timezone.now()
        run.sheet["digest"] = digest
        run.save()
    work_on_run.enqueue(run.pk, user.pk)
    return ImportRun.objects.get(pk=run.pk)


def undo_run(*, run: ImportRun, user: Any) -> ImportRun:
    """Take a run back as far as nobody has changed its rows since, or leave that to the worker if it is long."""
    from ..tasks import work_on_run

    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if not run.can_be_undone:
            return run
        run.held = []
        if len(run.left) <= MOST_AT_ONCE:
            _undo(run, user)
            return run
        run.task, run.task_since = ImportRun.UNDO, timezone.now()
        run.save(update_fields=["task", "task_since", "held"])
    work_on_run.enqueue(run.pk, user.pk)
    return ImportRun.objects.get(pk=run.pk)


def start_again(*, run: ImportRun, user: Any) -> None:
    """Ask the worker once more for what it did not finish."""
    from ..tasks import work_on_run

    if ImportRun.objects.filter(pk=run.pk).exclude(task="").update(task_since=timezone.now()):
        work_on_run.enqueue(run.pk, user.pk)


def do_work(*, run: ImportRun, user: Any) -> None:
    """Do what a run waits for, part by part; called by the worker, and safe to repeat."""
    goes_on = True
    while goes_on:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=run.pk)
            goes_on = _do_part(run, user)


def _do_part(run: ImportRun, user: Any) -> bool:
    """Do one part; say whether there may be more."""
    if run.task == ImportRun.UNDO:
        _undo(run, user)
    elif run.task == ImportRun.APPLY and run.state == ImportRun.PLANNED:
        plan = plan_of(run, user)
        if not run.rows and plan.digest != run.sheet.get("digest"):
            run.sheet["notes"] = [_changed_meanwhile(), *run.sheet["notes"]]
            run.task = ""
            run.save(update_fields=["sheet", "task"])
        else:
            _apply(run, user, plan)
    return run.is_working


def _changed_meanwhile() -> str:
    return _("Something has changed here since you looked. Please look once more.")


# --- applying -----------------------------------------------------------------------------


def _count(run: ImportRun, plan: Plan) -> None:
    """Keep what the plan says before anything is done: later plans see what was written."""
    counts = plan.counts
    run.new_count, run.changed_count = counts[NEW], counts[CHANGED]
    run.same_count, run.refused_count = counts[SAME], counts[REFUSED]
    run.refused = [_told(step) for step in plan.of(REFUSED)[:MOST_TOLD]]


def _apply(run: ImportRun, user: Any, plan: Plan) -> None:
    """Write what is still to be written, at most so much as one transaction may hold."""
    table = _table(run, user)
    written = {row["line"] for row in run.rows}
    waiting = [step for step in plan.of(NEW, CHANGED) if step.line not in written]
    part = waiting[:MOST_AT_ONCE]
    table.start([Draft(step.cells, set(step.cells), step.before) for step in part])
    run.rows += [_write(table, step) for step in part]
    run.task_since = timezone.now()
    if len(waiting) == len(part):
        run.state, run.applied_at, run.sheet, run.task = ImportRun.APPLIED, timezone.now(), {}, ""
    run.save()


def _write(table: Table, step: Step) -> dict[str, Any]:
    written = table.update(step.before, step.cells) if step.before else table.create(step.cells)
    return {
        "line": step.line,
        "pk": written.pk,
        "key": written.cells["id"],
        "stamp": written.stamp,
        "extra": step.before.extra if step.before else {},
        "title": step.title,
        "before": step.before.cells if step.before else None,
        "after": written.cells,
        "changes": [[one.column, one.old, one.new] for one in step.changes] if step.before else [],
    }


def _told(step: Step) -> dict[str, Any]:
    faults = [asdict(one) for one in step.faults]
    return {"line": step.line, "title": step.title, "faults": faults}


# --- taking back --------------------------------------------------------------------------


def _undo(run: ImportRun, user: Any) -> None:
    """Take back what is still to be taken back, at most so much as one transaction may hold."""
    table = _table(run, user)
    held = {one["line"] for one in run.held}
    waiting = [row for row in run.left if row["line"] not in held]
    part = waiting[:MOST_AT_ONCE]
    kept = table.current([row["key"] for row in part])
    made = [row for row in part if row["before"] is None]
    changed = [row for row in part if row["before"] is not None]
    for row in [*_restored(table, changed, kept, run), *_deleted(table, made, kept, run)]:
        row["undone"] = True
    run.task_since = timezone.now()
    if len(waiting) == len(part):
        run.state, run.undone_at, run.undone_by, run.task = ImportRun.UNDONE, timezone.now(), user, ""
    run.save()


def _restored(table: Table, rows: Sequence[dict[str, Any]], kept: dict[str, Kept], run: ImportRun) -> list[Any]:
    drafts = [Draft(dict(row["before"]), set(row["before"]), kept.get(row["key"])) for row in rows]
    table.start(drafts)
    held = table.locked([draft.before.thing for draft in drafts if draft.before])
    done = []
    for row, draft in zip(rows, drafts, strict=True):
        reason = _changed_since(row, draft.before) or (held.get(draft.before.pk, "") if draft.before else "")
        if not reason and draft.before:
            table.tidy(draft)
            reason = " ".join(f"{one.column}: {one.message}" for one in draft.problems)
        if reason or draft.before is None:
            run.held.append({"line": row["line"], "title": row["title"], "reason": reason})
            continue
        table.restore(draft.before, draft.cells, row["extra"])
        done.append(row)
    return done


def _deleted(table: Table, rows: Sequence[dict[str, Any]], kept: dict[str, Kept], run: ImportRun) -> list[Any]:
    there = [(row, kept.get(row["key"])) for row in rows]
    free = [(row, one) for row, one in there if one and not _changed_since(row, one)]
    held = table.undoable([one.thing for _row, one in free])
    done = []
    for row, one in there:
        if one is None:  # somebody deleted it already
            done.append(row)
            continue
        reason = _changed_since(row, one) or held.get(one.pk, "")
        if reason:
            run.held.append({"line": row["line"], "title": row["title"], "reason": reason})
            continue
        if _delete(one, table):
            done.append(row)
        else:
            run.held.append({"line": row["line"], "title": row["title"], "reason": _("It is used by now.")})
    return done


def _delete(kept: Kept, table: Table) -> bool:
    try:
        with transaction.atomic():
            log(instance=kept.thing, action="wagtail.delete", user=table.user, deleted=True)
            kept.thing.delete()
    except ProtectedError:  # whatever holds it is not in the index of what is used where
        return False
    return True


def _changed_since(row: dict[str, Any], kept: Kept | None) -> str:
    """Say that a row is no longer as the run left it; nothing if it is."""
    if kept is None:
        return _("It was deleted since.")
    # What is deleted would take with it what no cell says; so there any change holds it.
    if kept.cells != row["after"] or (row["before"] is None and kept.stamp != row["stamp"]):
        return _("Somebody has changed it since.")
    return ""


def _table(run: ImportRun, user: Any) -> Table:
    found = table_named(run.table)
    if found is None:
        raise LookupError(run.table)
    return found(user)
