"""Propose exercises for words. No database, no request: facts about words in, stored exercise blocks out.

The same words, pool and seed give the same proposals. Wrong options come from the dictionary alone. They are
such as a learner may confuse with the right one: of the same theme, alike in sound or spelling, taught before;
never of another variety, never another spelling of the same form, and never with a meaning in common.
"""

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from dictionary.spelling import keys, search_fold

MOST_WORDS = 30
WRONG_OPTIONS = 3
MATCH_SIZE = 5
DECK_SIZE = 12
SHORTEST_GAP = 3
_LETTERS = re.compile(r"\w+")
NAMESPACE = uuid5(NAMESPACE_URL, "romu-valodas-pamatkurss/proposals")


@dataclass(frozen=True)
class Word:
    """What proposing needs to know of a dictionary entry. `meanings` holds single meanings in any language."""

    pk: int
    text: str
    gloss: str
    meanings: frozenset[str]
    theme: int
    variety: int
    kind: str = "word"
    part_of_speech: str = ""
    is_taught_variety: bool = True
    is_taught: bool = False
    is_heard: bool = False
    picture: int | None = None
    variants: tuple[str, ...] = ()

    @property
    def tokens(self) -> list[str]:
        return self.text.split()

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(keys(form) for form in (self.text, *self.variants)))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Return the pairs of neighbouring letters, as finding folds them: what sounds alike shares many."""
        folded = f" {search_fold(self.text)} "
        return frozenset(folded[place : place + 2] for place in range(len(folded) - 1))

    @cached_property
    def senses(self) -> list[frozenset[str]]:
        """Return the words of each meaning."""
        found = [frozenset(_LETTERS.findall(meaning.casefold())) for meaning in self.meanings]
        return [sense for sense in found if sense]


@dataclass(frozen=True)
class Proposal:
    """One exercise to be made: its type, the block's value as stored, and how it is called in the bank."""

    type: str
    value: dict[str, Any]
    title: str
    skill: str
    words: tuple[int, ...] = field(default=())

    @property
    def uuid(self) -> UUID:
        """Name the exercise by its content: made twice, it is the same exercise."""
        return uuid5(NAMESPACE, json.dumps([self.type, self.value], sort_keys=True, ensure_ascii=False))

    @property
    def block(self) -> dict[str, Any]:
        return {"type": self.type, "value": self.value, "id": str(uuid5(self.uuid, "block"))}


def propose(words: Sequence[Word], pool: Sequence[Word], *, kinds: Iterable[str], seed: str) -> list[Proposal]:
    """Return a proposal of every wanted kind that fits each word; see `KINDS`.

    Args:
        words: what is practised, at most `MOST_WORDS`; words of a neighbouring variety are never asked.
        pool: the words that wrong options are taken from.
        kinds: names from `KINDS`.
        seed: decides between equally good options.
    """
    asked = [word for word in dict.fromkeys(words) if word.is_taught_variety and word.meanings][:MOST_WORDS]
    wanted = [name for name in KINDS if name in set(kinds)]
    return [proposal for name in wanted for proposal in KINDS[name](asked, pool, seed)]


# --- which words may stand beside each other ----------------------------------------------------


def share_meaning(one: Word, other: Word) -> bool:
    """Say whether a meaning of one may stand for the other: it is the same, or the same with words added."""
    return any(a <= b or b <= a for a in one.senses for b in other.senses)


def may_be_wrong(right: Word, other: Word) -> bool:
    """Say whether `other` is surely wrong where `right` is asked, and nothing that we do not teach."""
    return (
        other.pk != right.pk
        and other.variety == right.variety
        and other.is_taught_variety
        and bool(other.meanings)
        and not other.keys & right.keys
        and not share_meaning(right, other)
    )


def likeness(one: Word, other: Word) -> float:
    """Return from 0 to 1 how alike two words sound and look."""
    return 2 * len(one.pairs & other.pairs) / (len(one.pairs) + len(other.pairs))


def confusables(right: Word, pool: Sequence[Word], seed: str, count: int = WRONG_OPTIONS) -> list[Word]:
    """Return the words of the pool that are most easily confused with `right`, no two of them alike in meaning."""
    chance = random.Random(f"{seed}/{right.pk}")  # noqa: S311  nothing secret: the seed decides on purpose
    ranked = sorted(
        (other for other in pool if other.kind == right.kind and other.variety == right.variety),
        key=lambda other: (-_confusion(right, other) - chance.random() / 10, other.pk),
    )
    found: list[Word] = []
    for other in ranked:
        if len(found) == count:
            break
        if all(may_be_wrong(taken, other) for taken in (right, *found)):
            found.append(other)
    return found


def _confusion(right: Word, other: Word) -> float:
    return (
        2 * likeness(right, other)
        + (other.theme == right.theme)
        + (other.part_of_speech == right.part_of_speech) / 2
        + other.is_taught * 0.75
    )


# --- the kinds of exercise ----------------------------------------------------------------------


def _choice(mode: str, skill: str, title: str) -> Callable[..., Iterator[Proposal]]:
    def proposals(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
        for word in words:
            wrong = [other.pk for other in confusables(word, pool, seed)]
            if wrong and (word.is_heard or mode != "listen"):
                yield Proposal(
                    "choice",
                    {
                        "item": word.pk,
                        "mode": mode,
                        "distractors": wrong,
                        "question_lv": "",
                        "question_en": "",
                        "options": [],
                    },
                    title % word.text,
                    skill,
                    (word.pk,),
                )

    return proposals


def _shown_as(mode: str, options_as: str, skill: str, title: str) -> Callable[..., Iterator[Proposal]]:
    """Return what proposes choices by picture, or between pictures or sounds, where the words have them."""

    def proposals(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
        is_seen = "picture" in (mode, options_as)
        for word in (word for word in words if (word.picture if is_seen else word.is_heard)):
            fitting = _with_own(word, pool, options_as) if options_as else pool
            wrong = [other.pk for other in confusables(word, fitting, seed)]
            if wrong:
                value = {"item": word.pk, "mode": mode, "options_as": options_as, "distractors": wrong, "options": []}
                yield Proposal("choice", value, title % word.text, skill, (word.pk,))

    return proposals


def _with_own(right: Word, pool: Sequence[Word], options_as: str) -> list[Word]:
    """Return the words that have a recording; or a picture of their own, which is no other's."""
    if options_as == "sound":
        return [word for word in pool if word.is_heard]
    first = {word.picture: word for word in reversed(pool) if word.picture and word.picture != right.picture}
    return list(first.values())


def _match(mode: str, skill: str, title: str) -> Callable[..., Iterator[Proposal]]:
    def proposals(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
        fitting = [word for word in words if word.is_heard or mode != "listen"]
        for group in _groups(fitting):
            pks = [word.pk for word in group]
            names = ", ".join(word.text for word in group[:3]) + (" …" if len(group) > 3 else "")
            yield Proposal("match", {"items": pks, "mode": mode}, title % names, skill, tuple(pks))

    return proposals


def _groups(words: Sequence[Word]) -> list[list[Word]]:
    """Return groups of words to match: words and phrases apart, and no two with a meaning in common."""
    groups: list[list[Word]] = []
    for word in words:
        for group in groups:
            fits = group[0].kind == word.kind and len(group) < MATCH_SIZE
            if fits and all(may_be_wrong(word, other) for other in group):
                group.append(word)
                break
        else:
            groups.append([word])
    return [group for group in groups if len(group) > 2]


def _order(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
    for word in words:
        if len(set(word.tokens)) > 1:
            yield Proposal("order", {"item": word.pk, "parts": []}, f"{word.text}: secība", "reading", (word.pk,))


def _gap(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
    for word in words:
        missing = _missing_part(word, pool, seed)
        wrong = _wrong_parts(word, missing, pool, seed) if missing else []
        if missing and wrong:
            shown = " ".join("___" if token == missing.text else token for token in word.tokens)
            gaps = [{"answer": missing.text, "distractors": wrong}]
            value = {"item": word.pk, "mode": "pick", "gaps": gaps}
            yield Proposal("gap", value, f"{shown}: {word.gloss}"[:120], "reading", (word.pk,))


def _missing_part(phrase: Word, pool: Sequence[Word], seed: str) -> Word | None:
    """Return the word to be missing: one that stands once in the phrase and whose meaning the dictionary knows."""
    tokens = phrase.tokens
    known = {other.text: other for other in pool if other.kind == "word" and other.variety == phrase.variety}
    fitting = [
        known[token]
        for token in tokens
        if len(tokens) > 1 and token in known and len(token) >= SHORTEST_GAP and tokens.count(token) == 1
    ]
    # What is taught is practised first; else the longest word, which says most.
    return max(fitting, key=lambda word: (word.is_taught, len(word.text), -word.pk), default=None)


def _wrong_parts(phrase: Word, missing: Word, pool: Sequence[Word], seed: str) -> list[str]:
    single = [other for other in pool if len(other.tokens) == 1 and not other.keys & phrase_keys(phrase)]
    return [other.text for other in confusables(missing, single, seed)]


def phrase_keys(phrase: Word) -> frozenset[str]:
    """Return the keys of all words of a phrase: none of them is offered as a wrong part of it."""
    return frozenset().union(*(keys(token) for token in phrase.tokens))


def _typed(mode: str, title: str, skill: str = "writing") -> Callable[..., Iterator[Proposal]]:
    def proposals(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
        for word in words:
            if word.is_heard or mode != "dictation":
                yield Proposal("type", {"item": word.pk, "mode": mode}, title % word.text, skill, (word.pk,))

    return proposals


def _speak(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
    for word in words:
        if word.is_heard:
            value = {"item": word.pk, "tip_lv": "", "tip_en": ""}
            yield Proposal("speak", value, f"{word.text}: runāšana", "listening", (word.pk,))


def _flashcards(words: Sequence[Word], pool: Sequence[Word], seed: str) -> Iterator[Proposal]:
    """Propose decks of about the same size."""
    decks = -(-len(words) // DECK_SIZE) or 1
    size = -(-len(words) // decks)
    for start in range(0, len(words), size or 1):
        deck = words[start : start + size]
        if len(deck) > 1:
            pks = [word.pk for word in deck]
            names = ", ".join(word.text for word in deck[:3]) + (" …" if len(deck) > 3 else "")
            value = {"items": pks, "mode": "romani"}
            yield Proposal("flashcards", value, f"kartītes: {names}"[:120], "reading", tuple(pks))


KINDS: dict[str, Callable[[Sequence[Word], Sequence[Word], str], Iterator[Proposal]]] = {
    "choice-listen": _choice("listen", "listening", "%s: nozīme pēc dzirdes"),
    "choice-meaning": _choice("meaning", "reading", "%s: nozīme"),
    "choice-form": _choice("form", "reading", "%s: vārds pēc nozīmes"),
    "choice-picture": _shown_as("picture", "", "reading", "%s: vārds pēc attēla"),
    "choice-pictures": _shown_as("meaning", "picture", "reading", "%s: nozīme attēlā"),
    "choice-sounds": _shown_as("form", "sound", "listening", "%s: vārds starp dzirdētajiem"),
    "match-listen": _match("listen", "listening", "savienošana pēc dzirdes: %s"),
    "match-meaning": _match("meaning", "reading", "savienošana: %s"),
    "order": _order,
    "gap": _gap,
    "type-dictation": _typed("dictation", "%s: diktāts"),
    "type-translate": _typed("translate", "%s: tulkojums"),
    "type-meaning": _typed("meaning", "%s: nozīme rakstos", "reading"),
    "speak": _speak,
    "flashcards": _flashcards,
}
"""Every kind in the order in which it is proposed: hearing, reading, writing, and what is for practice only. Titles are
Latvian, as in the course. A dialogue and a picture need a scene that no word brings along."""
