"""Which forms count without an author listing them, and which words stand too near: from the dictionary, for many
exercises at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from dictionary.features import is_citation
from dictionary.models import Entry, Form, Gloss, ProtectedPair
from dictionary.querysets import confusable
from dictionary.rules import active_rules
from dictionary.spelling import DEFAULT, Rules, is_spelling, key, keys, neighbour_keys, plain

from .alignment import LONG_ENOUGH, distance
from .exercises import types
from .exercises.base import Definition

GRADING = 2
"""How typed answers are judged. Definitions that attempts kept from before near misses have no such number."""


def complete(definitions: list[Definition]) -> None:
    """Give typed exercises what grading needs of the dictionary: see `docs/exercise-types.md`.

    * `accepted` – where a type asks for it by an empty list: further forms of the entry that count;
    * `others` and `other_meanings` – words that a spelling or a slip could mean, and what those mean;
    * `rules` – the spelling rules, where they are not the default.
    """
    typed = [one for one in definitions if list(types()[one["type"]].texts(one))]
    if not typed:
        return
    rules = active_rules()
    _accept([one for one in typed if "accepted" in one])
    _accept_parts([gap for one in typed for gap in one.get("gaps", ()) if "accepted" in gap])
    groups = [list(types()[one["type"]].texts(one)) for one in typed]
    found = confusable({text for group in groups for text in group}, rules)
    chosen = [
        others_for(group, found, rules) | one.pop("own_forms", {}) for one, group in zip(typed, groups, strict=True)
    ]
    meanings = _meanings({code for others in chosen for code in others.values() if code})
    for definition, others in zip(typed, chosen, strict=True):
        definition["grading"] = GRADING
        definition["others"] = others
        definition["other_meanings"] = {
            code: meanings[code] for code in sorted(set(others.values())) if code in meanings
        }
        if rules.as_dict():
            definition["rules"] = rules.as_dict()


def _accept(definitions: list[Definition]) -> None:
    """Fill `accepted`: attested forms that say the same as the headword, and words that mean the same."""
    codes = {one["item"]["code"] for one in definitions}
    own: dict[str, list[tuple[str, str]]] = defaultdict(list)
    forms = Form.objects.filter(entry__code__in=codes, attested=Form.YES) if codes else Form.objects.none()
    for code, form, features in forms.values_list("entry__code", "form", "features"):
        own[code].append((form, features))
    same = _synonyms([one for one in definitions if one["mode"] == "translate"])
    apart = _kept_apart({one["item"]["text"] for one in definitions})
    for one in definitions:
        item = one["item"]
        listed = {plain(item["text"]), *(plain(variant["form"]) for variant in item["variants"])}
        refused = {plain(form) for form in apart[item["text"]]}
        found = [
            {"form": form, "variety": item["variety"]} for form, features in own[item["code"]] if is_citation(features)
        ]
        for more in [*found, *same.get(item["code"], [])]:
            if plain(more["form"]) not in listed | refused:
                listed.add(plain(more["form"]))
                one["accepted"].append(more)
        one["own_forms"] = {
            form: item["code"]
            for form, _features in own[item["code"]]
            if plain(form) not in listed and not is_spelling(form, item["text"])
        }


def _accept_parts(gaps: list[dict[str, Any]]) -> None:
    """Fill `accepted` of gaps: the variants of the word that is missing, where the dictionary has one such word."""
    answers = {gap["answer"] for gap in gaps}
    entries = Entry.objects.filter(text__in=answers).select_related("variety").prefetch_related("variants__variety")
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries if answers else ():
        found[entry.text].append(entry)
    for gap in gaps:
        if len(words := found[gap["answer"]]) == 1:
            gap["accepted"] = [
                {"form": variant.form, "variety": (variant.variety or words[0].variety).code}
                for variant in words[0].variants.all()
            ]


def _synonyms(definitions: Iterable[Definition]) -> dict[str, list[dict[str, str]]]:
    """Return, by the code of an entry, the dictionary's other words with the very same meaning, in every language:
    among them the same word as neighbouring varieties say it."""
    asked = {one["item"]["code"]: one["item"]["meaning"] for one in definitions}
    texts = {meaning["lv"] for meaning in asked.values() if meaning.get("lv")}
    if not texts:
        return {}
    near = Entry.objects.filter(glosses__language="lv", glosses__text__in=texts).distinct()
    rows = near.select_related("variety").prefetch_related("glosses").order_by("code")
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entry in rows:
        meaning = {gloss.language: gloss.text for gloss in entry.glosses.all()}
        for code, wanted in asked.items():
            if code != entry.code and meaning == wanted:
                found[code].append({"form": entry.text, "variety": entry.variety.code})
    return found


def _kept_apart(texts: set[str]) -> dict[str, set[str]]:
    """Return the forms that must never be taken for each of `texts`."""
    found: dict[str, set[str]] = defaultdict(set)
    pairs = ProtectedPair.objects.filter(Q(form_a__in=texts) | Q(form_b__in=texts)) if texts else []
    for pair in pairs:
        found[pair.form_a].add(pair.form_b)
        found[pair.form_b].add(pair.form_a)
    return found


def _meanings(codes: set[str]) -> dict[str, dict[str, str]]:
    """Return what the entries of these codes mean, by language; one query."""
    found: dict[str, dict[str, str]] = {}
    glosses = Gloss.objects.filter(entry__code__in=codes) if codes else Gloss.objects.none()
    for code, language, text in glosses.values_list("entry__code", "language", "text"):
        found.setdefault(code, {})[language] = text
    return found


def others_for(texts: Iterable[str], found: Mapping[str, str], rules: Rules = DEFAULT) -> dict[str, str]:
    """Return those of `found` that a spelling of `texts` or a slip in them could mean, but for `texts` themselves."""
    texts = list(texts)
    own = {one for text in texts for one in (plain(text), *plain(text).split())}
    near = {one for text in texts for one in neighbour_keys(text, rules)}
    words = {word for text in texts for word in key(text).split() if len(word) >= LONG_ENOUGH}
    return {
        form: code
        for form, code in found.items()
        if plain(form) not in own
        and (keys(form) & near or any(distance(key(form), word) <= 2 for word in words) or not code)
    }
