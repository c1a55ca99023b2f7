"""“My answer should count”: a learner appeals, a native reviewer decides, what was accepted counts for everybody.

Each use-case is one transaction and repeating it changes nothing. Reviewers never see who sent an answer.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dictionary.models import Entry
from dictionary.reviewing import add_told_form, refuse_protected
from dictionary.spelling import plain
from lessons.contested import LONGEST_FORM, ContestedForm, contested_forms, is_same_form
from lessons.exercises.gap import cut
from lessons.grading import RIGHT

from .models import Answer, Appeal, AppealedForm, Attempt, AttemptItem
from .querysets import answers_shown, counted, item_or_404
from .regrading import regrade_attempt, targets_of_form, tell_of_decline
from .tasks import later, regrade_form, write_decisions


@dataclass(frozen=True)
class Appealed:
    """An answer that was appealed, as it stands now, and the item that it answers."""

    answer: Answer
    item: AttemptItem


def may_appeal(attempt: Attempt, item: AttemptItem, answer: Answer | None) -> bool:
    """Say whether the learner may say that this answer should count: it was typed, judged not right, and shown so."""
    if answer is None or answer.standing.verdict in RIGHT or not _is_judged(attempt):
        return False
    return not answer.appeals.all() and bool(contested_forms(item.version.definition, answer.content))


def _is_judged(attempt: Attempt) -> bool:
    return attempt.gives_feedback_at_once or not attempt.is_open


def appeal_answer(*, user: Any, attempt: UUID, exercise: UUID) -> Appealed:
    """Send the answer that counts to the reviewers' queue; return it as it stands now.

    A form that was accepted before counts at once. Appealing again changes nothing.

    Raises:
        Http404: no such attempt of this learner, or the exercise is not one of its own.
        ValidationError: there is nothing to appeal.
    """
    item = item_or_404(user=user, attempt=attempt, exercise=exercise)
    answer = _standing_answer(item)
    if answer is None or not answer.appeals.all():
        answer = _appeal(item, answer)
    return Appealed(answer, item)


def _standing_answer(item: AttemptItem) -> Answer | None:
    answers = answers_shown(item.attempt).filter(exercise_uuid=item.exercise_uuid)
    return counted(item.attempt, answers).get(item.exercise_uuid)


def _appeal(item: AttemptItem, answer: Answer | None) -> Answer:
    if answer is None:
        raise ValidationError({"answer": _("There is no answer yet that could count.")})
    if not _is_judged(item.attempt):
        raise ValidationError({"answer": _("What was right you see at the end. Then you may say so.")})
    contested = contested_forms(item.version.definition, answer.content)
    if answer.standing.verdict in RIGHT or not contested:
        raise ValidationError({"answer": _("This answer cannot be sent to a reviewer: no word in it was typed wrong.")})
    accepted = []
    with transaction.atomic():
        for one in contested:
            form = _queue_row(one)
            # What was decided before, the learner reads at once: no letter about it.
            told_at = None if form.is_open else timezone.now()
            Appeal.objects.get_or_create(answer=answer, appealed_form=form, defaults={"told_at": told_at})
            accepted += [form] if form.is_accepted else []
    for form in accepted:
        regrade_attempt(pk=item.attempt_id, targets=targets_of_form(form))
    return _standing_answer(item) or answer


def _queue_row(contested: ContestedForm) -> AppealedForm:
    form, _made = AppealedForm.objects.get_or_create(
        entry_code=contested.code,
        expected=contested.expected[:LONGEST_FORM],
        written=contested.written,
        defaults={"entry": Entry.objects.filter(code=contested.code).first()},
    )
    return form


def propose_form(*, contested: ContestedForm) -> AppealedForm:
    """Put a form into the reviewers' queue that an author found among the answers; the row that is there, if it is."""
    with transaction.atomic():
        return _queue_row(contested)


def propose_spoken_form(*, entry: Entry, form: str) -> AppealedForm:
    """Put into the reviewers' queue how a speaker says the entry; return the row that is there, if one is.

    What was decided about it stays decided.

    Raises ValidationError that names `said_form` for a form that is none, or that is the entry's own.
    """
    written = plain(form)
    if not written:
        raise ValidationError({"said_form": _("Write how the speaker says it.")})
    if len(written) > LONGEST_FORM or len(entry.text) > LONGEST_FORM:
        raise ValidationError({"said_form": _("Write at most %(most)d characters.") % {"most": LONGEST_FORM}})
    if is_same_form(written, entry.text):
        raise ValidationError({"said_form": _("That is what the course says already. Write how the speaker says it.")})
    with transaction.atomic():
        row = _queue_row(ContestedForm(entry.code, entry.text, written))
        if not row.said_by_speaker:
            row.said_by_speaker = True
            row.save(update_fields=["said_by_speaker"])
    return row


def waiting_forms() -> Any:
    """Return what waits for a reviewer's decision, what most learners sent first."""
    return with_counts().filter(status=AppealedForm.OPEN).order_by("-learners", "id")


def with_counts() -> Any:
    """Return all rows of the queue, each with the number of learners who sent it."""
    learners = Count("appeals__answer__attempt__user", distinct=True)
    return AppealedForm.objects.select_related("entry__variety").annotate(learners=learners)


def accept_form(*, form: AppealedForm, by: Any, spelling: str, variety: Any, note: str = "") -> AppealedForm:
    """Add the form to the dictionary, told by a native reviewer today, and judge all answers with it again.

    `spelling` is how the dictionary shall write the form. Accepting again changes nothing.

    Raises ValidationError, naming the field, if it is another form than the one that was written, or one that must
    not be taken for the expected word.
    """
    with transaction.atomic():
        current = AppealedForm.objects.select_for_update().get(pk=form.pk)
        if current.is_accepted:
            return current
        wanted = " ".join(spelling.split())
        check_form(current, wanted)
        _add_variant(current, wanted, variety, by)
        _decide(current, AppealedForm.ACCEPTED, by, note)
        current.form, current.variety = wanted, variety
        current.save()
        # A row of the database like the decision itself: both are kept, or neither.
        regrade_form.enqueue(current.pk)
        _write_to_learners(current)
    return current


def decline_form(*, form: AppealedForm, by: Any, note: str) -> AppealedForm:
    """Say why the form does not count; everybody who sent it is told. Declining again changes the note alone.

    Raises ValidationError without a note, or if the form was accepted before: what counted once stays.
    """
    if not note.strip():
        raise ValidationError({"note": _("Write a few words to the learners: why does it not count?")})
    with transaction.atomic():
        current = AppealedForm.objects.select_for_update().get(pk=form.pk)
        if current.is_accepted:
            raise ValidationError({"note": _("The form was accepted before. What counted once stays.")})
        is_news = current.is_open
        _decide(current, AppealedForm.DECLINED, by, note)
        current.save()
        if is_news:
            tell_of_decline(current)
            _write_to_learners(current)
    return current


def _write_to_learners(form: AppealedForm) -> None:
    """Lay down that all who sent the form are written to: of a second decision too, if it is another one."""
    form.appeals.update(told_at=None)
    later(write_decisions).enqueue(form.pk)


def _decide(form: AppealedForm, status: str, by: Any, note: str) -> None:
    form.status, form.note, form.decided_by, form.decided_at = status, note.strip(), by, timezone.now()


def check_form(form: AppealedForm, spelling: str) -> None:
    """Refuse, naming the field, a form that may not be added."""
    if not plain(spelling):
        raise ValidationError({"form": _("Write the form as the dictionary shall have it.")})
    if not is_same_form(form.written, spelling):
        raise ValidationError(
            {"form": _("“%(form)s” is another form than “%(written)s”.") % {"form": spelling, "written": form.written}}
        )
    refuse_protected(form.expected, spelling)


def _add_variant(form: AppealedForm, spelling: str, variety: Any, by: Any) -> None:
    entry = Entry.objects.filter(code=form.entry_code).first()
    if entry is None:
        raise ValidationError({"form": _("The word is not in the dictionary any more.")})
    whole = whole_variant(entry.text, form.expected, spelling)
    if whole is None or len(whole) > LONGEST_FORM:
        raise ValidationError(
            {"form": _("“%(phrase)s” has changed since. Add the variant in the dictionary.") % {"phrase": entry.text}}
        )
    add_told_form(entry, whole, variety, by)


def whole_variant(text: str, expected: str, spelling: str) -> str | None:
    """Return the entry's text with the expected part written anew; None if that part is not in it.

    >>> whole_variant("lotfitko phū", "lotfitko", "lotfengi")
    'lotfengi phū'
    """
    pieces = cut(text, [expected])
    return None if pieces is None else " ".join(filter(None, [pieces[0], spelling, pieces[1]]))


def others_written(form: AppealedForm) -> QuerySet[Entry]:
    """Return other entries that are written just like the form: the reviewer should know of them."""
    is_it = Q(text__iexact=form.written) | Q(variants__form__iexact=form.written) | Q(forms__form__iexact=form.written)
    return Entry.objects.filter(is_it).exclude(code=form.entry_code).prefetch_related("glosses").distinct()[:5]
