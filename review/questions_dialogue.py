"""An answer becomes a line of its dialogue: a phrase of the dictionary, chosen in the drafts of all languages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dictionary.models import Entry, Gloss, Source, Theme
from lessons.models import LessonPage
from media.models import Variety

from .models import Answer
from .questions import FIRST_LANGUAGE
from .questions_services import LONGEST_FORM, mark_taken_over, still_waiting

SOURCE = "native-reviewer"
SOURCE_NAME = "dzimtās valodas recenzents"


@dataclass
class Place:
    """The line of one language's draft. `numbers`: which dialogue, which line of it."""

    draft: LessonPage
    line: Any
    numbers: tuple[int, int]
    words: list[Entry]


@transaction.atomic
def put_into_dialogue(*, answer: Answer, by: Any, romani: str) -> Entry:
    """Make a phrase of an answer and choose it for the empty line, in drafts; nothing is published. Return the phrase.

    Raises:
        AnswerDecidedMeanwhile: somebody else has decided about the answer.
        ValidationError: for `romani` where no form is given; for `__all__` where the line is not there or not empty any
            more, or where a language's lesson may not be changed now.
    """
    answer = still_waiting(answer)
    romani = " ".join(romani.replace("\x00", "").split())
    if not romani:
        raise ValidationError({"romani": _("Write the Romani form as it is to stand in the dialogue.")})
    if len(romani) > LONGEST_FORM:
        raise ValidationError({"romani": _("At most %(count)d characters.") % {"count": LONGEST_FORM}})
    places = _places(answer)
    _refuse_locked(places, by)
    entry = _entry_for(answer, romani, places)
    for place in places:
        place.line["item"], place.line["question"] = entry, ""
        place.draft.save_revision(user=by, log_action=True)
    mark_taken_over(answer=answer, by=by, entry=entry)
    return entry


def _places(answer: Answer) -> list[Place]:
    """Return the empty line in the draft of each language, the first language first."""
    pages = LessonPage.objects.filter(translation_key=answer.lesson).select_related("locale").order_by("locale_id")
    ordered = sorted(pages, key=lambda page: page.locale.language_code != FIRST_LANGUAGE)
    found: list[Place] = []
    for page in ordered:
        draft = page.get_latest_revision_as_object()
        all_lines = list(_lines(draft))
        same = [one for one in all_lines if one[0] == answer.place]
        if not same and found:
            same = [one for one in all_lines if one[2] == found[0].numbers]
        for _id, line, numbers in same[:1]:
            if not line["item"]:
                found.append(Place(draft, line, numbers, _words(draft)))
    if not found:
        raise ValidationError(_("This line is not empty any more, or is gone from the dialogue. Look into the lesson."))
    return found


def _lines(draft: LessonPage) -> Iterator[tuple[str, Any, tuple[int, int]]]:
    dialogues = [block for block in draft.body if block.block_type == "dialogue"]
    for number, block in enumerate(dialogues):
        for place, bound in enumerate(block.value["lines"].bound_blocks):
            yield str(bound.id or f"{block.id}-{place}"), bound.value, (number, place)


def _words(draft: LessonPage) -> list[Entry]:
    return [entry for block in draft.body if block.block_type == "words" for entry in block.value["items"] if entry]


def _refuse_locked(places: list[Place], by: Any) -> None:
    for place in places:
        rights = place.draft.permissions_for_user(by)
        if not rights.can_edit() or rights.page_locked():
            raise ValidationError(
                _("“%(title)s” cannot be changed now: it is locked or waits for somebody's check.")
                % {"title": place.draft.title}
            )


def _entry_for(answer: Answer, romani: str, places: list[Place]) -> Entry:
    """Return the phrase of the dictionary that says this; made where there is none."""
    variety = Variety.objects.filter(is_taught=True).first() or Variety.objects.first()
    there = Entry.objects.filter(text=romani, variety=variety).order_by("pk").first()
    if there is not None:
        return there
    entry = Entry(
        kind=Entry.PHRASE,
        text=romani,
        variety=variety,
        theme=_theme(places),
        source=_source(),
        source_ref=f"{places[0].draft.title}: {answer.question}"[:255],
        confidence="high",
        review_state=Entry.REVIEWED,
        reviewed_by=answer.by,
        reviewed_on=timezone.localdate(answer.said_on),
        note=note_of(answer),
    )
    entry.glosses = [
        Gloss(language=place.draft.locale.language_code, text=text[:255])
        for place in places
        if (text := _meaning(place, answer)) and place.draft.locale.language_code in dict(Gloss.LANGUAGES)
    ]
    entry.save()
    return entry


def _meaning(place: Place, answer: Answer) -> str:
    """Return what the line says; in the language of the question, the question itself where nothing else is there."""
    meaning = str(place.line["meaning"] or "")
    return meaning or (answer.question if place.draft.locale.language_code == FIRST_LANGUAGE else "")


def _theme(places: list[Place]) -> Theme | None:
    """Return what most words of the lesson are about; the first theme where it teaches none."""
    counted: Counter[int] = Counter(entry.theme_id for place in places for entry in place.words)
    most = counted.most_common(1)
    return Theme.objects.get(pk=most[0][0]) if most else Theme.objects.first()


def _source() -> Source:
    made, _made = Source.objects.get_or_create(
        key=SOURCE,
        defaults={
            "short_name": SOURCE_NAME,
            "citation": "Dzimtās valodas recenzenta atbilde uz jautājumu šīs vietnes sadaļā „Valodas pārbaude”.",
        },
    )
    return made


def note_of(answer: Answer) -> str:
    """Return what learners read about where a phrase is from: by whom it was told, if that person signed, and when."""
    with translation.override(FIRST_LANGUAGE):
        day = date_format(timezone.localdate(answer.said_on), "DATE_FORMAT")
        if answer.signed_as:
            return _("Told by %(who)s, native reviewer, on %(day)s.") % {"who": answer.signed_as, "day": day}
        return _("Told by a native reviewer on %(day)s.") % {"day": day}
