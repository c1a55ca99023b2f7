"""Find Romani in the texts of a course, and say what each token is. Pure.

A token is a word of the dictionary, a form that a source attests, a form that only a documented rule gives, or nothing
that anybody can answer for. Nothing is guessed: spelling counts here, for this is our own text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

SPAN = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
HTML_SPAN = re.compile(r'lang="rml"[^>]*>([^<]*)<')
TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
EDGES = ' \t\n.,;:!?…()„“”"«»–'
VERB_PREFIXES, REFLEXIVE = ("te-", "me-"), "-pe"
"""What the sources join to a verb by a hyphen (grammar.md 6.5): the verb alone must be known."""

ROMANI_FIELDS = frozenset({"form", "answer", "accept", "distractors", "parts", "orders", "hero_romani", "romani"})
"""Fields of blocks and exercises that hold Romani itself, not a text in which Romani is marked."""
WRONG_FIELDS = frozenset({"exclude", "known_wrong"})
"""Fields that hold what learners get wrong: it need not be Romani."""


@dataclass(frozen=True, slots=True)
class Found:
    """One stretch of Romani: where it stands in the data, and what stands there."""

    place: str
    text: str


@dataclass(slots=True)
class Vocabulary:
    """Everything that may be said: words (with variants and phrases), attested forms, and forms by rule."""

    words: set[str] = field(default_factory=set)
    attested: set[str] = field(default_factory=set)
    by_rule: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Mapping[str, Any]]) -> "Vocabulary":
        """Return the vocabulary of a dictionary whose rows look as in the course files."""
        found = cls()
        for entry in entries:
            variants = (variant.partition(" [")[0] for variant in entry.get("variants", "").split(";"))
            found.words.update(plain(text) for text in (entry["romani"], *variants) if text.strip())
            for form in entry.get("forms", ()):
                if form["attested"] == "yes":
                    found.attested.add(plain(form["form"]))
                else:
                    found.by_rule.setdefault(plain(form["form"]), form["attested"])
        # The words of a set phrase are attested in it, as forms: «an vār phūja» attests «phūja».
        for text in [text for text in found.words if " " in text]:
            found.attested.update(tokens(text))
        return found

    def resolve(self, text: str) -> dict[str, str]:
        """Return what could not be resolved as a word or an attested form: token → its rule, or nothing at all.

        >>> Vocabulary(words={"phen"}, by_rule={"phenja": "rule(grammar.md 3.1)"}).resolve("phen, phenja, phenes")
        {'phenja': 'rule(grammar.md 3.1)', 'phenes': ''}
        """
        if is_sound(text) or plain(text) in self.words | self.attested:
            return {}
        return {one: self.by_rule.get(one, "") for one in tokens(text) if not self._is_said(one)}

    def _is_said(self, token: str) -> bool:
        if token in self.words or token in self.attested:
            return True
        if token.endswith(REFLEXIVE):
            return self._is_said(token.removesuffix(REFLEXIVE))
        return any(token.startswith(one) and self._is_said(token.removeprefix(one)) for one in VERB_PREFIXES)


def plain(text: str) -> str:
    """Return a text as it is compared: in small letters, without signs at its edges, single blanks."""
    return " ".join(text.strip(EDGES).lower().split())


def tokens(text: str) -> list[str]:
    return [token.lower() for token in TOKEN.findall(text)]


def is_sound(text: str) -> bool:
    """Say whether letters, a sound or an ending is meant, not a word.

    >>> [is_sound(one) for one in ("čh", "-eske", "pe-", "kher")]
    [True, True, True, False]
    """
    bare = text.strip(EDGES)
    return len(bare) <= 2 or bare.startswith("-") or bare.endswith("-")


def marked(data: Any, place: str = "") -> Iterator[Found]:
    """Yield all Romani that stands in data of the course files, in order, with its place such as `body[2].text`."""
    if isinstance(data, Mapping):
        asks_meaning = data.get("mode") == "meaning"
        for name, value in data.items():
            below = f"{place}.{name}" if place else str(name)
            if name in WRONG_FIELDS or (name == "accept" and asks_meaning):
                continue
            yield from _of_field(value, below) if name in ROMANI_FIELDS else marked(value, below)
    elif isinstance(data, list):
        for index, value in enumerate(data, 1):
            yield from marked(value, f"{place}[{index}]")
    elif isinstance(data, str):
        yield from (Found(place, text) for text in (*SPAN.findall(data), *HTML_SPAN.findall(data)))


def _of_field(value: Any, place: str) -> Iterator[Found]:
    if isinstance(value, str):
        yield Found(place, value)
    elif isinstance(value, list):
        for index, one in enumerate(value, 1):
            yield from _of_field(one, f"{place}[{index}]")
    else:
        yield from marked(value, place)
