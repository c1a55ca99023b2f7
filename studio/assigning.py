"""Which uploaded file goes to which entry: proposed by name or by order, changed by hand, judged as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dictionary.models import Take
from media.models import Recording
from studio.matching import ASK, natural_order, split_name
from studio.models import UploadBatch, UploadedSound
from studio.upload_scope import find_words, label, matcher_for
from studio.upload_state import hold_open

INFORMED = ("same_file", "there")
"""Problems that need nobody: the file is skipped."""
BY_ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """What a person chose for one file: the word as written in the field, the pace, and what to do."""

    word: str
    pace: str
    decision: str


def placeable(batch: UploadBatch) -> QuerySet[UploadedSound]:
    """Return the files that would be placed as things stand. `judge` must have been called since the last change."""
    waiting = batch.sounds.filter(state=UploadedSound.State.WAITING, fault="", problem="", entry__isnull=False)
    return waiting.exclude(decision=UploadedSound.Decision.OUT)


@transaction.atomic
def match_batch(*, batch: UploadBatch, matched_by: str) -> None:
    """Propose an entry for every file. What was chosen by hand stays. Raises `Gone` where that is too late."""
    hold_open(batch)
    if matched_by not in UploadBatch.Order.values:
        raise ValidationError({"matched_by": _("Choose how files find their words.")})
    UploadBatch.objects.filter(pk=batch.pk).update(matched_by=matched_by)
    batch.matched_by = matched_by
    sounds = sorted(batch.sounds.all(), key=lambda one: (natural_order(one.name), one.pk))
    propose = _by_order if matched_by == UploadBatch.Order.ORDER else _by_name
    propose(batch, sounds)
    for position, sound in enumerate(sounds):
        sound.position = position
    UploadedSound.objects.bulk_update(sounds, ["position", "entry", "how", "candidates", "pace"], batch_size=200)
    judge(batch)


def _by_name(batch: UploadBatch, sounds: list[UploadedSound]) -> None:
    matcher = matcher_for(batch, [sound.name for sound in sounds])
    for sound in sounds:
        if sound.how == UploadedSound.HAND:
            continue
        found = matcher.match(sound.name)
        sound.entry_id, sound.how, sound.candidates = found.entry, found.how, list(found.candidates)
        sound.pace = found.pace or batch.pace


def _by_order(batch: UploadBatch, sounds: list[UploadedSound]) -> None:
    entries = list(batch.entries.values_list("entry", flat=True))
    usable = [sound for sound in sounds if not sound.fault]
    for place, sound in enumerate(usable):
        if sound.how == UploadedSound.HAND:
            continue
        sound.entry_id = entries[place] if place < len(entries) else None
        sound.how, sound.candidates = BY_ORDER, []
        sound.pace = split_name(sound.name)[1] or batch.pace


@transaction.atomic
def assign(*, batch: UploadBatch, changes: Mapping[int, Change]) -> None:
    """Change what happens to these files. Raises `ValidationError` with a message for each file (`word-<id>`) at fault;
    then nothing is changed."""
    hold_open(batch)
    sounds = {one.pk: one for one in batch.sounds.filter(pk__in=changes).select_related("entry")}
    written = {pk: changes[pk].word.strip()[:200] for pk in sounds}
    new = {pk: text for pk, text in written.items() if text != word_of(sounds[pk])}
    words = find_words(text for text in new.values() if text)
    errors = {
        f"word-{pk}": _("“%(word)s” may mean several words. Choose one from the list.") % {"word": text}
        if words.lost[text].candidates
        else _("“%(word)s” is not in the dictionary. Choose a word from the list.") % {"word": text}
        for pk, text in new.items()
        if text in words.lost
    }
    for pk, sound in sounds.items():
        change = changes[pk]
        if change.pace not in Recording.Pace.values or change.decision not in UploadedSound.Decision.values:
            errors[f"word-{pk}"] = _("Choose the pace and what to do from the lists.")
        if pk in new:
            sound.entry_id, sound.how = words.found.get(new[pk]), UploadedSound.HAND
        sound.pace, sound.decision = change.pace, change.decision
    if errors:
        raise ValidationError(errors)
    UploadedSound.objects.bulk_update(sounds.values(), ["entry", "how", "pace", "decision"], batch_size=200)
    judge(batch)


def word_of(sound: UploadedSound) -> str:
    """Return the text of the field in which the entry of a file is chosen."""
    return label(sound.entry.code, sound.entry.text) if sound.entry is not None else ""


def judge(batch: UploadBatch) -> None:
    """Say of every file why it would not be placed as things stand; the number of queries does not grow with them."""
    fields = ("pk", "entry_id", "pace", "digest", "decision", "how", "problem")
    rows = list(batch.sounds.filter(fault="", state=UploadedSound.State.WAITING).values(*fields))
    there = set(
        Take.objects.filter(
            recording__digest__in=batch.sounds.exclude(digest="").values("digest"),
            entry__in=batch.sounds.values("entry"),
        ).values_list("entry", "recording__digest")
    )
    judged = {row["pk"]: problem for row, problem in _judged(rows, there)}
    changed: dict[str, list[int]] = {}
    for row in rows:
        if judged[row["pk"]] != row["problem"]:
            changed.setdefault(judged[row["pk"]], []).append(row["pk"])
    for problem, pks in changed.items():
        batch.sounds.filter(pk__in=pks).update(problem=problem)


def _judged(rows: list[dict], there: set[tuple[int, str]]) -> list[tuple[dict, str]]:
    seen: set[tuple[int, str]] = set()
    found, going = [], []
    for row in rows:
        same = (row["entry_id"], row["digest"])
        if row["decision"] == UploadedSound.Decision.OUT:
            problem = ""
        elif row["entry_id"] is None:
            problem = "surplus" if row["how"] == BY_ORDER else "ask" if row["how"] == ASK else "none"
        elif row["digest"] and same in there:
            problem = "there"
        elif row["digest"] and same in seen:
            problem = "same_file"
        else:
            problem = ""
            going.append(row)
            seen.add(same)
        found.append((row, problem))
    count = Counter((row["entry_id"], row["pace"]) for row in going)
    agreed = {(row["entry_id"], row["pace"]) for row in going if row["decision"] == UploadedSound.Decision.ANYWAY}
    doubled = {
        row["pk"]
        for row in going
        if count[row["entry_id"], row["pace"]] > 1 and (row["entry_id"], row["pace"]) not in agreed
    }
    return [(row, "two" if row["pk"] in doubled else problem) for row, problem in found]
