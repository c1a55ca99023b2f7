"""From stored exercises to definitions: every word resolved, in a fixed number of queries however many exercises."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from dictionary.models import Entry
from dictionary.querysets import confusable

from .exercises import types
from .exercises.base import Definition, Facts


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
            {"form": variant.form, "variety": (variant.variety or entry.variety).code} for variant in entry.variants.all()
        ],
        "audio": audio,
    }


def define(blocks: Iterable[Mapping[str, Any]]) -> list[Definition]:
    """Return a definition for each stored block `{"type", "value"}`.

    Two queries for the entries' own tables at most a few more for what hangs on them, and three for
    confusable forms; none per exercise.
    """
    stored = list(blocks)
    known = types()
    wanted = {pk for block in stored for pk in known[block["type"]].entries(block["value"])}
    words = {entry.pk: entry_facts(entry) for entry in Entry.objects.for_display().filter(pk__in=wanted)} if wanted else {}
    definitions = [{"type": block["type"], **known[block["type"]].define(block["value"], words)} for block in stored]
    _add_others(definitions)
    return definitions


def _add_others(definitions: list[Definition]) -> None:
    """Give typed exercises the other words that a spelling of theirs could mean, each with its meaning."""
    texts = [list(types()[definition["type"]].texts(definition)) for definition in definitions]
    if not any(texts):
        return
    found = confusable({text for group in texts for text in group})
    for definition, group in zip(definitions, texts, strict=True):
        if group:
            definition["others"] = others_for(group, found)


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
