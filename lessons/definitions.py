"""From stored exercises to definitions: every word resolved, in a fixed number of queries however many exercises."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dictionary.models import Entry

from .accepted import complete
from .exercises import types
from .exercises.base import Definition, ExerciseType, Facts, Words
from .pictures import picture_facts

if TYPE_CHECKING:
    from .models import Exercise


def entry_facts(entry: Entry) -> Facts:
    """Return what exercises and feedback need of an entry, in every language. Needs `for_display()`."""
    recording = entry.recording
    audio = None
    if recording is not None and recording.sources:
        audio = {"voice": recording.kind, "sources": recording.sources, "recording": str(recording.uuid)}
        # Only where it is so: definitions that were pinned before are still equal to those made now.
        if recording.is_unchecked:
            audio["unchecked"] = True
    return {
        "code": entry.code,
        "text": entry.text,
        "meaning": {gloss.language: gloss.text for gloss in entry.glosses.all()},
        "variety": entry.variety.code,
        "is_taught_variety": entry.variety.is_taught,
        "variants": [
            {"form": variant.form, "variety": (variant.variety or entry.variety).code}
            for variant in entry.variants.all()
        ],
        "audio": audio,
    }


def askable(exercises: Iterable["Exercise"]) -> list[tuple["Exercise", Definition]]:
    """Return the exercises that can be asked, each with its definition.

    One that lost its word to a deletion in the dictionary, or whose type is gone, is left out: a
    learner meets one exercise less, never an error.
    """
    asked = list(exercises)
    definitions = define([exercise.stored_block if exercise.body else None for exercise in asked])
    return [(exercise, found) for exercise, found in zip(asked, definitions, strict=True) if found is not None]


def define(blocks: Iterable[Mapping[str, Any] | None]) -> list[Definition | None]:
    """Return a definition for each stored block `{"type", "value"}`; None for one that cannot be asked (any more).

    A fixed number of queries: those of `for_display`, two for pictures, and those of `accepted.complete`; none per
    exercise.
    """
    known = types()
    stored = [block if block and block["type"] in known else None for block in blocks]
    words = _words([(known[block["type"]], block["value"]) for block in stored if block])
    definitions = [_define_one(block, words) if block else None for block in stored]
    complete([definition for definition in definitions if definition])
    return definitions


def _words(values: list[tuple[ExerciseType, Any]]) -> Words:
    """Return the facts of all entries and pictures that these values of exercises name."""
    wanted = {pk for kind, value in values for pk in kind.entries(value)}
    entries = list(Entry.objects.for_display().filter(pk__in=wanted)) if wanted else []
    pictured = {pk for kind, value in values for pk in kind.pictured(value)}
    image_of = {entry.pk: entry.image_id for entry in entries if entry.pk in pictured}
    images = {pk for kind, value in values for pk in kind.images(value)} | {pk for pk in image_of.values() if pk}
    return Words({entry.pk: entry_facts(entry) for entry in entries}, picture_facts(images), image_of)


def _define_one(block: Mapping[str, Any], words: Words) -> Definition | None:
    try:
        return {"type": block["type"], **types()[block["type"]].define(block["value"], words)}
    except LookupError:
        return None


def digest(definition: Definition) -> str:
    """Return a short name of a definition's content: equal definitions have equal names."""
    canonical = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2s(canonical.encode(), digest_size=16).hexdigest()
