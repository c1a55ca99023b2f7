"""What every exercise type offers. A type is one module here, one template and one script of the same name.

Three plain values travel between the parts, so that an attempt can be graded for ever by what the
learner saw, whatever authors change meanwhile:

* the *value* – what the author entered, as Wagtail stores the block;
* the *definition* – the value with all words resolved, in every language; it holds the key and is
  kept by the attempt, never sent;
* the *payload* – what the learner may see in one language: no key.
"""

import hashlib
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StructBlock

from ..grading import Grade

Value = dict[str, Any]
Definition = dict[str, Any]
Payload = dict[str, Any]
Facts = dict[str, Any]
"""An entry as an exercise needs it: see `lessons.definitions.entry_facts`."""


class Words(dict[int, Facts]):
    """The facts of entries by primary key, and of the pictures that go with an exercise."""

    def __init__(
        self, facts: Mapping[int, Facts], pictures: Mapping[int, Facts], image_of: Mapping[int, int | None]
    ) -> None:
        super().__init__(facts)
        self._pictures, self._image_of = pictures, image_of

    def picture(self, image: int | None, size: str = "small") -> Facts | None:
        """Return the facts of an image that `images` named, `small` or `large`; None if it is gone."""
        return self._pictures.get(image, {}).get(size) if image else None

    def picture_of(self, entry: int | None) -> Facts | None:
        """Return the facts of the own image of an entry that `pictured` named; None if it has none."""
        return self.picture(self._image_of.get(entry)) if entry else None


def can_be_heard(entry: Any) -> bool:
    """Say whether learners can hear the entry now; a take that waits for its second listener is not enough."""
    return entry.recording is not None and entry.recording.is_heard


MOST_PARTS = 50
"""No exercise has more options, pairs, parts or gaps; a longer answer is refused unread."""

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and halves of characters: JSON can carry them, PostgreSQL cannot keep them, and nobody types them."""


class ExerciseBlock(StructBlock):
    """A part of an exercise as authors fill it in. Its rules hold once it is published: a draft may be half written."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return cleaned if self.is_deferred_validation else self.check_whole(cleaned)

    def check_whole(self, cleaned: Any) -> Any:
        """Return the value, in which nothing required is missing, or raise StructBlockValidationError by field."""
        return cleaned


class ExerciseType(ABC):
    """One way of practising. Stateless; one instance per type is registered."""

    name: ClassVar[str]
    block: ClassVar[type[StructBlock]]
    empty_text: ClassVar[Any] = gettext_lazy("Write at least one word or choose “I don't know”.")
    """What a learner reads who sends the form without an answer."""
    is_self_judged: ClassVar[bool] = False
    """The learner alone says how it went. Such a type is for practice: a quiz refuses it."""
    is_fetched: ClassVar[bool] = False
    """Its form is long: a lesson fetches it from the exercise's own page once the learner comes near."""

    @abstractmethod
    def entries(self, value: Value) -> Iterable[int]:
        """Return the primary keys of the dictionary entries that the value names."""

    def images(self, value: Value) -> Iterable[int]:
        """Return the primary keys of the images that the value names."""
        return ()

    def pictured(self, value: Value) -> Iterable[int]:
        """Return the primary keys of the entries whose own image is shown."""
        return ()

    @abstractmethod
    def define(self, value: Value, words: Words) -> Definition:
        """Resolve the value. `words` holds the facts of what `entries`, `images` and `pictured` named.

        Raises LookupError if too much of the exercise is gone from the dictionary to ask it.
        """

    def texts(self, definition: Definition) -> Iterable[str]:
        """Return the Romani forms that are typed, so that confusable ones can be looked up."""
        return ()

    @abstractmethod
    def payload(self, definition: Definition, language: str, seed: str) -> Payload:
        """Return what the learner sees; the same seed gives the same order."""

    def silent(self, definition: Definition) -> Definition | None:
        """Return the definition of the twin for a learner who cannot listen now; None where nothing has to be heard.

        The twin keeps the key and the names of the options: an answer to the one is an answer to the other.
        """
        return None

    def twin(self, definition: Definition, language: str, seed: str) -> Payload | None:
        """Return what the twin without sound shows in place of the same fields of the payload; None without a twin."""
        silent = self.silent(definition)
        if silent is None:
            return None
        heard, shown = (self.payload(one, language, seed) for one in (definition, silent))
        return {name: value for name, value in shown.items() if name not in heard or heard[name] != value}

    @abstractmethod
    def read(self, answer: Any) -> Any:
        """Return the answer's content, or raise ValidationError if it has not this type's shape."""

    @abstractmethod
    def grade(self, definition: Definition, content: Any) -> Grade:
        """Judge what `read` returned."""

    @abstractmethod
    def form_answer(self, data: Any) -> Any:
        """Return the answer that a plain HTML form (a QueryDict) sends; used where no script runs."""

    def missing(self, definition: Definition, answer: Any) -> str:
        """Say what a form's answer still lacks before it can be judged; nothing if it lacks nothing."""
        return str(self.empty_text) if is_blank(answer) else ""

    def said(self, definition: Definition, content: Any, language: str) -> tuple[str, str]:
        """Return a kept answer as people read it, and its language; empty where only the parts say it."""
        return "", language

    def answer_from_line(self, definition: Definition, line: str) -> Any:
        """Return the answer that a line of text stands for where answers are typed, for trying out; else None."""
        return None

    @abstractmethod
    def solution(self, definition: Definition) -> dict[str, Any]:
        """Return what is right: `romani`, `meaning` per language, `audio`, each where there is one."""

    def told(self, definition: Definition, grade: Mapping[str, Any], language: str) -> dict[str, Any]:
        """Return what the type itself says of a grade, each where the usual words would not do.

        `title`; `message`, a list of parts; `lines`, one below the other: each `is_right`, `parts`, and
        `romani` with its `audio` where there is something to hear.
        """
        return {}


def token(*parts: str) -> str:
    """Return a short name for an option that tells nothing about it."""
    return hashlib.blake2s("\x1f".join(parts).encode(), digest_size=5).hexdigest()


def shuffled(items: list[Any], seed: str) -> list[Any]:
    """Return the items in an order that the seed alone decides."""
    mixed = list(items)
    random.Random(seed).shuffle(mixed)  # noqa: S311  nothing secret: the seed decides on purpose
    return mixed


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in `language`, or in Latvian, or in any."""
    return texts.get(language) or texts.get("lv") or next((text for text in texts.values() if text), "")


def need(answer: Any, field: str, kind: type) -> Any:
    """Return `answer[field]` of the given kind; refuse anything else, naming the field."""
    if not isinstance(answer, dict):
        raise ValidationError({"answer": _("The answer must be an object.")})
    unknown = sorted(set(answer) - {field})
    if unknown:
        raise ValidationError({f"answer.{unknown[0]}"[:80]: _("This field is not known here.")})
    if not isinstance(answer.get(field), kind):
        raise ValidationError({f"answer.{field}": _("This field is missing or has the wrong kind of value.")})
    return answer[field]


def need_text(value: Any, field: str, longest: int = 500) -> str:
    """Return a bounded text that every database can keep, or refuse it, naming the field."""
    if not isinstance(value, str) or len(value) > longest:
        raise ValidationError(
            {f"answer.{field}": _("Each item must be a text of at most %(most)d characters.") % {"most": longest}}
        )
    if UNKEEPABLE.search(value):
        raise ValidationError({f"answer.{field}": _("This text holds a character that cannot be kept.")})
    return value


def need_texts(value: Any, field: str, longest: int = 500) -> list[str]:
    """Return a bounded list of bounded texts, or refuse it, naming the field."""
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        raise ValidationError(
            {f"answer.{field}": _("Please send a list of at most %(most)d texts.") % {"most": MOST_PARTS}}
        )
    return [need_text(item, field, longest) for item in value]


def is_blank(answer: Any) -> bool:
    """Say whether an answer holds nothing at all: no pick, no pair, no letter."""
    if isinstance(answer, dict):
        return all(is_blank(item) for item in answer.values())
    if isinstance(answer, list):
        return all(is_blank(item) for item in answer)
    return not str(answer).strip()


def plain_list(items: Any) -> list[Any]:
    """Return the values of a stored ListBlock, with or without Wagtail's item wrapping."""
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in items or []]
