"""From stored exercises to definitions: every word resolved, in a fixed number of queries however many exercises."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dictionary.models import Entry, Gloss
from dictionary.querysets import confusable

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

    A fixed number of queries: those of `for_display`, two for pictures, and four for confusable forms; none per
    exercise.
    """
    known = types()
    stored = [block if block and block["type"] in known else None for block in blocks]
    words = _words([(known[block["type"]], block["value"]) for block in stored if block])
    definitions = [_define_one(block, words) if block else None for block in stored]
    _add_others([definition for definition in definitions if definition])
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


def _add_others(definitions: list[Definition]) -> None:
    """Give typed exercises the other words that a spelling of theirs could mean, and what those mean."""
    texts = [list(types()[definition["type"]].texts(definition)) for definition in definitions]
    if not any(texts):
        return
    found = confusable({text for group in texts for text in group})
    chosen = [others_for(group, found) if group else {} for group in texts]
    meanings = _meanings({code for others in chosen for code in others.values()})
    for definition, group, others in zip(definitions, texts, chosen, strict=True):
        if group:
            definition["others"] = others
            definition["other_meanings"] = {
                code: meanings[code] for code in sorted(set(others.values())) if code in meanings
            }


def _meanings(codes: set[str]) -> dict[str, dict[str, str]]:
    """Return what the entries of these codes mean, by language; one query."""
    found: dict[str, dict[str, str]] = {}
    glosses = Gloss.objects.filter(entry__code__in=codes) if codes else Gloss.objects.none()
    for code, language, text in glosses.values_list("entry__code", "language", "text"):
        found.setdefault(code, {})[language] = text
    return found


def others_for(texts: Iterable[str], found: Mapping[str, str]) -> dict[str, str]:
    """Return those of `found` that could be meant by a spelling of `texts`, without `texts` themselves."""
    from dictionary.spelling import keys, neighbour_keys, plain

    own = {plain(text) for text in texts}
    near = {key for text in texts for key in neighbour_keys(text)}
    return {form: code for form, code in found.items() if plain(form) not in own and keys(form) & near}


def digest(definition: Definition) -> str:
    """Return a short name of a definition's content: equal definitions have equal names."""
    canonical = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2s(canonical.encode(), digest_size=16).hexdigest()
